// The names that may stand in a template; docs/templates.md says what each of them is.

export const variables: ReadonlySet<string> = new Set(
  (
    'title frequency from to count several note papers alerted example receipt following ' +
    'why authors orgs score category date id url length'
  ).split(' '),
)
