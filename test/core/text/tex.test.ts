import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold } from '#core/text/fold.ts'
import { texToSpans, texToText } from '#core/text/tex.ts'

const tex = String.raw

describe('mathematics', () => {
  test.each([
    [tex`in $O(n^2)$ time`, 'in O(n²) time'],
    [tex`$\mathbb{R}^{d}$ and $x \in \mathbb R$`, 'ℝᵈ and x ∈ ℝ'],
    [tex`$\alpha\leq\beta$, $f:A\to B$`, 'α ≤ β, f:A → B'],
    [tex`a $3\times$ speed-up, $4\times4$`, 'a 3× speed-up, 4×4'],
    [tex`$n\log n$, $\log_2 n$, $\log(n)$`, 'n log n, log₂ n, log(n)'],
    [tex`$\frac{1}{2}$, $\frac{a+b}{2n}$, $\sqrt{x}$, $\sqrt{dT}$`, '½, (a+b)/(2n), √x, √(dT)'],
    [tex`$\tilde{\mathcal{O}}(\sqrt T)$, $\hat{y}$`, '𝒪̃(√T), ŷ'],
    [tex`$x_i^2$, $x_{i,j}$, $W_q$, $e^{-x^2/2}$, $2^{n^2}$`, 'xᵢ², x_(i,j), W_q, e^(-x²/2), 2^(n²)'],
    [tex`$90^\circ$, $A^\top$, $x^*$, $f'(x)$`, '90°, Aᵀ, x*, f′(x)'],
    [tex`$\left\{ \lVert x \rVert_2 \right\}$, $\|x\|$`, '{‖x‖₂}, ‖x‖'],
    [tex`\(x \ne y\) and \[z\] and $$w$$`, 'x ≠ y and z and w'],
    [tex`$\text{if } x$, $\operatorname{tr}(A)$, $\not\in$`, 'if x, tr(A), ∉'],
    [tex`$\Delta E$ of $10\,\mathrm{kg}$`, 'ΔE of 10 kg'],
    [`$${tex`{\sim}30$ and 2{,}492`}`, '∼30 and 2,492'],
  ])('%s reads %s', (source, text) => {
    expect(texToText(source)).toBe(text)
  })

  test('shows every letter of the alphabets that Unicode scattered', () => {
    expect(texToText(tex`$\mathbb{CHNPQRZ1}$`)).toBe('ℂℍℕℙℚℝℤ𝟙')
    expect(texToText(tex`$\mathcal{BEFHILMR}\mathfrak{CHIRZ}$`)).toBe('ℬℰℱℋℐℒℳℛℭℌℑℜℨ')
  })

  test.each([
    'from $5 to $10',
    'US$ 5 and US$ 10',
    'about $0.8-$1.5 per run',
    'it costs $34/mo, not $40/mo',
    'a $1 billion plan and a $2 billion plan',
  ])('%s stays money', (text) => {
    expect(texToText(text)).toBe(text)
  })

  test('sees numbers between dollars for what they are', () => {
    expect(texToText('from $104$ million to $2.7$ billion, a $3$-seed run')).toBe('from 104 million to 2.7 billion, a 3-seed run')
  })
})

describe('text', () => {
  test.each([
    [
      tex`G\"odel, Schr\"{o}dinger, {\'E}ric, Mo\~no, {\k e}, \c{c}, \v{S}, \L ukasz, \o re, \ss`,
      'Gödel, Schrödinger, Éric, Moño, ę, ç, Š, Łukasz, øre, ß',
    ],
    ["``free'' and `single' isn't ``odd\"", "“free” and ‘single’ isn't “odd”"],
    ['a--b --- c, 3--5', 'a–b — c, 3–5'],
    ['run x --help <!-- --> ----', 'run x --help <!-- --> ----'],
    [tex`Figure~1, ~10, 5~10, 74\% of R\&D \#1 a\_b \$5`, 'Figure 1, ~10, 5~10, 74% of R&D #1 a_b $5'],
    [tex`work~\cite{a,b} and \citep[p.~3]{c}, \cref{fig:1}`, 'work [a,b] and [c, p. 3], [fig:1]'],
    [tex`10^{-3}, 10^6, 10^-6., H_{2}O, R^2=0.9, snake_case`, '10⁻³, 10⁶, 10⁻⁶., H₂O, R²=0.9, snake_case'],
    [tex`\b{eta}-cells, \r{ho} = 1, {\alpha}-helix`, 'β-cells, ρ = 1, α-helix'],
    [tex`{BERT} and {GPT}, labels {yes, no}`, 'BERT and GPT, labels {yes, no}'],
    [tex`\LegoLM{} and \ours, \rev{new words}, \SI{74}{\percent}`, 'LegoLM and ours, new words, 74 %'],
    [tex`code\footnote{See there.} or \footnote{here}`, 'code (See there.) or (here)'],
    [tex`\enquote{so}, \ding{51}, B\textsuperscript{2}, $\unicode{x2013}$`, '“so”, ✓, B², –'],
  ])('%s reads %s', (source, text) => {
    expect(texToText(source)).toBe(text)
  })

  test('leaves addresses and paths as they are', () => {
    const text = tex`see https://a.example/b_c_d--e/~f?g=*h* and C:\Users\bob, <\n\n>`
    expect(texToText(text)).toBe(text)
  })
})

describe('spans', () => {
  test('carry bold, italics and code', () => {
    expect(texToSpans(tex`$\textbf{quanta}$ of \emph{all {\bf sorts}} in \texttt{a\_b--c}`)).toEqual([
      { text: 'quanta', bold: true },
      { text: ' of ' },
      { text: 'all ', italic: true },
      { text: 'sorts', italic: true, bold: true },
      { text: ' in ' },
      { text: 'a_b--c', code: true },
    ])
  })

  test('carry links, of http only', () => {
    expect(texToSpans(tex`\href{https://a.example/c\_d}{here}, \url{https://b.example}, \href{javascript:x}{no}`)).toEqual([
      { text: 'here', link: 'https://a.example/c_d' },
      { text: ', ' },
      { text: 'https://b.example', link: 'https://b.example' },
      { text: ', no' },
    ])
  })

  test('carry the Markdown that other sources write', () => {
    expect(texToSpans('**bold**, *it*, `code` and [text](https://a.example)')).toEqual([
      { text: 'bold', bold: true },
      { text: ', ' },
      { text: 'it', italic: true },
      { text: ', ' },
      { text: 'code', code: true },
      { text: ' and ' },
      { text: 'text', link: 'https://a.example' },
    ])
  })

  test('see no Markdown in products, stars and formulas', () => {
    expect(texToSpans('(*) one, (*) two')).toEqual([{ text: '(*) one, (*) two' }])
    expect(texToSpans('2*3*4, p* and q*, $a*b*c$, [1](2)')).toEqual([{ text: '2*3*4, p* and q*, a*b*c, [1](2)' }])
  })

  test('are none for an empty text', () => {
    expect(texToSpans('')).toEqual([])
  })
})

describe('for any text', () => {
  const hostile = fc
    .array(
      fc.constantFrom(
        '\\',
        '$',
        '{',
        '}',
        '^',
        '_',
        '~',
        '`',
        "'",
        '*',
        '-',
        '[',
        ']',
        '(',
        ' ',
        'a',
        'É',
        '😀',
        '\\frac',
        '\\textbf',
        '\\b',
        '\\(',
        '\\left',
        '\\href',
        '\\hat',
      ),
      { maxLength: 80 },
    )
    .map((parts) => parts.join(''))

  test('nothing throws, no span is empty and no neighbours have one style', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string()), (text) => {
        const spans = texToSpans(text)
        const styles = spans.map(({ text: _, ...style }) => JSON.stringify(Object.entries(style).sort()))
        return spans.every((span) => span.text !== '') && styles.every((style, at) => at === 0 || style !== styles[at - 1])
      }),
      { numRuns: 500 },
    )
  })

  test('text without marks of TeX or Markdown comes out as it went in', () => {
    const plain = fc.string().map((text) => text.replace(/[\\${}^_~`*]|--|\]\(/g, ''))
    fc.assert(
      fc.property(plain, (text) => texToText(text) === text.replace(/--|\]\(/g, (found) => found)),
      { numRuns: 300 },
    )
  })

  test('no letter of the words around formulas is lost', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(word, fc.constantFrom('$x$', '{', '}', tex`\emph{`, '$', '~', '``', '**', '_')), { maxLength: 20 }),
        (parts) => {
          const text = fold(texToText(parts.map(([letters, mark]) => `${letters} ${mark} `).join('')))
          let at = 0
          for (const [letters] of parts) {
            const found = text.indexOf(letters, at)
            if (found === -1) return false
            at = found + letters.length
          }
          return true
        },
      ),
    )
  })

  test.each(['{', '$', '\\(', '\\b{', '\\textbf{', '**a ', '`a ', '\\sqrt[', '_{', '$x_{', '[a](', '\\frac{a}{', '\\hat', "``'"])(
    'a long run of %s takes no long time',
    (part) => {
      expect(texToText(part.repeat(20_000)).length).toBeGreaterThan(0)
    },
    2000,
  )
})
