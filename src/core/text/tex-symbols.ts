// TeX's symbol commands and the characters that stand for them, by what they do to the space around them.

/** Letters and signs that stand for themselves. */
export const ORDINARY = table(
  'alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ varkappa ϰ lambda λ mu μ ' +
    'nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω ' +
    'Alpha Α Beta Β Gamma Γ Delta Δ Epsilon Ε Zeta Ζ Eta Η Theta Θ varTheta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν Xi Ξ Omicron Ο ' +
    'Pi Π Rho Ρ Sigma Σ Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω varGamma Γ varDelta Δ varLambda Λ varSigma Σ varPhi Φ ' +
    'varPsi Ψ varOmega Ω upmu μ textmu μ digamma ϝ ell ℓ hbar ħ hslash ħ imath ı jmath ȷ Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ ' +
    'partial ∂ nabla ∇ infty ∞ emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠ measuredangle ∡ ' +
    'triangle △ square □ Box □ blacksquare ■ qedsymbol □ diamond ◇ Diamond ◇ lozenge ◊ bigstar ★ star ⋆ clubsuit ♣ diamondsuit ♢ ' +
    'heartsuit ♡ spadesuit ♠ flat ♭ natural ♮ sharp ♯ checkmark ✓ maltese ✠ prime ′ backprime ‵ degree ° deg ° textdegree ° circledR ® ' +
    'textregistered ® copyright © textcopyright © texttrademark ™ pounds £ textsterling £ euro € texteuro € yen ¥ textcent ¢ ' +
    'dag † dagger † textdagger † ddag ‡ ddagger ‡ textdaggerdbl ‡ S § P ¶ textsection § ldots … dots … cdots ⋯ dotsc … dotsb ⋯ textellipsis … hdots … ' +
    'vdots ⋮ ddots ⋱ textbullet • bullet • textperiodcentered · textendash – textemdash — textquoteleft ‘ textquoteright ’ ' +
    'textquotedblleft “ textquotedblright ” quotedblbase „ guillemotleft « guillemotright » textquotesingle \' textquotedbl " ' +
    'textbackslash \\ backslash \\ textunderscore _ textasciitilde ~ textasciicircum ^ textdollar $ textbar | textless < textgreater > ' +
    'percent % lbrace { rbrace } lbrack [ rbrack ] slash / ae æ AE Æ oe œ OE Œ aa å AA Å o ø O Ø l ł L Ł ss ß i ı j ȷ dh ð DH Ð th þ TH Þ ' +
    'dj đ DJ Đ ng ŋ NG Ŋ eth ð Finv Ⅎ mho ℧ complement ∁ surd √ LaTeX LaTeX TeX TeX BibTeX BibTeX ohm Ω celsius °C angstrom Å textonehalf ½ ' +
    'And & lq ‘ rq ’ colon : faGithub GitHub',
)

/** Brackets: no space inside them. */
export const BRACKETS = table(
  'langle ⟨ rangle ⟩ lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋ lvert | rvert | vert | lVert ‖ rVert ‖ Vert ‖ | ‖ llbracket ⟦ rrbracket ⟧ ' +
    'lgroup ( rgroup ) ulcorner ⌜ urcorner ⌝',
)

/** Signs with a space on both sides where something stands there. */
export const RELATIONS = table(
  'leq ≤ le ≤ leqslant ≤ geq ≥ ge ≥ geqslant ≥ neq ≠ ne ≠ lt < gt > ll ≪ gg ≫ lll ⋘ ggg ⋙ approx ≈ approxeq ≊ sim ∼ simeq ≃ cong ≅ ' +
    'equiv ≡ asymp ≍ propto ∝ varpropto ∝ doteq ≐ coloneqq ≔ triangleq ≜ lesssim ≲ gtrsim ≳ lessapprox ⪅ gtrapprox ⪆ prec ≺ succ ≻ ' +
    'preceq ⪯ succeq ⪰ preccurlyeq ≼ succcurlyeq ≽ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋ sqsubseteq ⊑ ' +
    'sqsupseteq ⊒ in ∈ ni ∋ notin ∉ mid ∣ nmid ∤ parallel ∥ nparallel ∦ perp ⊥ models ⊨ vdash ⊢ dashv ⊣ vDash ⊨ Vdash ⊩ to → rightarrow → ' +
    'longrightarrow ⟶ gets ← leftarrow ← longleftarrow ⟵ leftrightarrow ↔ longleftrightarrow ⟷ Rightarrow ⇒ Longrightarrow ⟹ implies ⟹ ' +
    'Leftarrow ⇐ Longleftarrow ⟸ impliedby ⟸ Leftrightarrow ⇔ Longleftrightarrow ⟺ iff ⟺ mapsto ↦ longmapsto ⟼ hookrightarrow ↪ ' +
    'hookleftarrow ↩ rightharpoonup ⇀ rightleftharpoons ⇌ rightleftarrows ⇄ leadsto ⇝ rightsquigarrow ⇝ twoheadrightarrow ↠ ' +
    'rightarrowtail ↣ multimap ⊸ nearrow ↗ searrow ↘ nwarrow ↖ swarrow ↙ Vdash ⊩ bowtie ⋈ lhd ⊲ rhd ⊳ trianglelefteq ⊴ vartriangleleft ⊲ ' +
    'because ∵ therefore ∴',
)

/** Signs that keep the space their source gives them: `3\\times` → 3×. */
export const OPERATORS = table(
  'times × pm ± mp ∓ cdot · div ÷ ast ∗ circ ∘ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ boxplus ⊞ boxtimes ⊠ cup ∪ cap ∩ uplus ⊎ ' +
    'sqcup ⊔ sqcap ⊓ bigsqcup ⨆ vee ∨ lor ∨ wedge ∧ land ∧ setminus ∖ smallsetminus ∖ wr ≀ ltimes ⋉ rtimes ⋊ amalg ⨿ sum ∑ prod ∏ coprod ∐ ' +
    'int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ uparrow ↑ downarrow ↓ ' +
    'Uparrow ⇑ Downarrow ⇓ updownarrow ↕ triangleright ▷ triangleleft ◁ bigtriangleup △ bigtriangledown ▽ dotplus ∔ centerdot · cdotp · ' +
    'textasciimacron ¯ blacktriangleright ▶ intercal ⊺',
)

/** Functions written by name: a space parts them from letters. */
export const NAMED = new Set(
  (
    'arccos arcsin arctan arg argmax argmin cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max ' +
    'min mod Pr sec sin sinh sup tan tanh tr Tr trace rank diag poly polylog sign sgn softmax'
  ).split(' '),
)

/** Commands that only set space; `!`, `-`, `/` and the like set none. */
export const SPACES = new Set(
  ', ; : > quad qquad enspace thinspace space hspace vspace newline linebreak par nobreakspace'.split(' '),
)

/** Commands without anything to show. */
export const SILENT = new Set(
  (
    '! - / @ left right middle big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm limits nolimits displaystyle textstyle ' +
    'scriptstyle scriptscriptstyle tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge noindent indent ' +
    'centering protect relax bigskip medskip smallskip xspace boldmath unboldmath ensuremath nonumber notag maketitle null strut ' +
    'allowbreak nolinebreak frenchspacing hfill hline smash mathstrut'
  ).split(' '),
)

function table(text: string): ReadonlyMap<string, string> {
  const words = text.split(' ')
  return new Map(words.flatMap((word, at) => (at % 2 === 0 ? [[word, words[at + 1] ?? word] as const] : [])))
}
