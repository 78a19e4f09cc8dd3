// Times of a day as people type them: `9`, `9:30`, `09.30`, `9am`, `9:30 pm`.

const TIME = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?$/i

/** `HH:MM`; undefined where the text is no time of a day. */
export function readWallTime(text: string): string | undefined {
  const [, hourText, minute = '00', half] = TIME.exec(text) ?? []
  const hour = Number(hourText)
  const isWhole = half === undefined ? hour <= 23 : hour >= 1 && hour <= 12
  if (!isWhole || minute > '59') return undefined
  const shifted = half === undefined ? hour : (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
  return `${String(shifted).padStart(2, '0')}:${minute}`
}
