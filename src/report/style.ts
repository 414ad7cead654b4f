/**
 * The style sheet: an audit letter in print, light or dark on a screen, from 360 px up. Colours
 * are variables; the palette keeps its meaning for colour-blind readers (blue is genuine, orange
 * is in doubt, grey is what was shown) and never stands alone: every mark has a word beside it.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --card: #ffffff; --ink: #1f1d1a; --soft: #5f5a52; --faint: #8d877c;
  --rule: #ddd8cd; --grid: #e9e5dc;
  --genuine: #1f5f8b; --genuine-soft: #1f5f8b1f; --observed: #86b2d4; --displayed: #8d877c;
  --doubt: #b9541a; --doubt-soft: #b9541a14; --water: #ead9c6; --open: #7a6a1e; --open-soft: #a38c1a1c;
  --calm: #2f6f57; --calm-soft: #2f6f5716;
  --k0: #1f5f8b; --k1: #e0a03c; --k2: #5a9e84; --k3: #a5678e; --k4: #7c9fd0; --k5: #c0603a; --k6: #8f8a5c; --k7: #b3aca0;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", Georgia, "Songti SC", "Noto Serif CJK SC", "Source Han Serif SC", STSong, SimSun, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif;
  --mono: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #171614; --card: #1f1e1b; --ink: #ece8df; --soft: #b5aea2; --faint: #8b857a;
    --rule: #3a3732; --grid: #2c2a26;
    --genuine: #6fb1de; --genuine-soft: #6fb1de26; --observed: #3f6e90; --displayed: #a09a8e;
    --doubt: #ec9559; --doubt-soft: #ec95591a; --water: #4a3a2a; --open: #d9c365; --open-soft: #d9c3651a;
    --calm: #7cc0a4; --calm-soft: #7cc0a41a;
    --k0: #6fb1de; --k1: #e5b567; --k2: #79bfa4; --k3: #cd90b8; --k4: #8fa9dc; --k5: #e08a66; --k6: #b8b27e; --k7: #78736a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-behavior: smooth; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 var(--sans); overflow-wrap: break-word; }
main, footer, .switch { max-width: 1040px; margin: 0 auto; padding: 0 28px; }
h1, h2, h3, .headline { font-family: var(--serif); font-weight: 600; line-height: 1.25; text-wrap: balance; }
h1 { font-size: clamp(1.9rem, 5vw, 2.9rem); margin: .1em 0 .35em; letter-spacing: -.01em; }
h2 { font-size: clamp(1.4rem, 3.4vw, 1.9rem); margin: 0 0 .5em; }
h3 { font-size: 1.25rem; margin: 2.4em 0 .7em; padding-bottom: .35em; border-bottom: 1px solid var(--rule); }
h4 { font-size: 1.05rem; margin: 0; }
h5 { font-size: .8rem; margin: 1.5em 0 .5em; color: var(--soft); font-weight: 600; }
p { margin: 0 0 .8em; }
a { color: var(--genuine); text-underline-offset: 3px; }
ul, ol { margin: 0; padding: 0; list-style: none; }
code { font: .86em/1.4 var(--mono); overflow-wrap: anywhere; }
input[name=language] { position: absolute; opacity: 0; width: 1px; height: 1px; }
#language-en:checked ~ * [lang|=zh]:not(label), #language-zh:checked ~ * [lang|=en]:not(label) { display: none; }
.switch { display: flex; justify-content: flex-end; gap: 4px; padding-top: 18px; font-size: .88rem; }
.switch label { padding: 3px 12px; border-radius: 99px; cursor: pointer; color: var(--soft); }
#language-en:checked ~ .switch .to-en, #language-zh:checked ~ .switch .to-zh { background: var(--ink); color: var(--paper); }
input[name=language]:focus-visible ~ .switch { outline: 2px solid var(--genuine); outline-offset: 2px; }
.masthead { padding: 12px 0 26px; border-bottom: 3px double var(--rule); margin-bottom: 40px; }
.brand { font: 600 .95rem var(--serif); letter-spacing: .22em; text-transform: uppercase; color: var(--genuine); margin: 0; }
.imprint { color: var(--soft); font-size: .88rem; }
.imprint > span + span::before { content: "·"; margin: 0 .6em 0 .2em; color: var(--faint); }
.notice { max-width: 46em; margin: 1.2em 0 0; padding-left: 1em; border-left: 3px solid var(--calm); color: var(--soft); }
section { margin: 0 0 64px; }
.broadcast + .broadcast { border-top: 3px double var(--rule); padding-top: 44px; }
.facts { display: flex; flex-wrap: wrap; gap: 6px 28px; margin: 0 0 1em; font-size: .88rem; }
.facts div { min-width: 0; } .facts dt { color: var(--faint); font-size: .78rem; } .facts dd { margin: 0; }
.headline { font-size: clamp(1.3rem, 3.6vw, 1.85rem); font-weight: 500; line-height: 1.38; max-width: 36em; margin: .8em 0 .7em; text-wrap: pretty; }
.hero { margin: 0 0 1.2em; } .hero svg { display: block; overflow: visible; } .hero p { margin: .45em 0 0; font-size: .9rem; }
rect.water { fill: var(--water); } rect.genuine { fill: var(--genuine); } .whisker { stroke: var(--ink); stroke-width: 1.5; }
.key { margin-right: 1.6em; } .key::before, .swatch { content: ""; display: inline-block; width: .75em; height: .75em; border-radius: 2px; margin-right: .45em; background: var(--key); }
.key.genuine { --key: var(--genuine); } .key.water { --key: var(--water); }
.chip { display: inline-block; padding: 2px 11px; margin: 2px 4px 2px 0; border-radius: 99px; font-size: .82rem; line-height: 1.6; border: 1px solid var(--tone, var(--rule)); color: var(--tone, var(--soft)); background: var(--tint, transparent); white-space: nowrap; }
.is-supported { --tone: var(--doubt); --tint: var(--doubt-soft); } .is-undetermined { --tone: var(--open); --tint: var(--open-soft); }
.is-innocent { --tone: var(--calm); --tint: var(--calm-soft); } .is-insufficient { --tone: var(--faint); }
.note, .empty, .legend, figcaption p { color: var(--soft); font-size: .88rem; } .note { max-width: 56em; margin-top: .8em; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums lining-nums; font-size: .93rem; }
th, td { text-align: right; padding: .5em .7em; border-bottom: 1px solid var(--grid); vertical-align: baseline; font-weight: inherit; }
th:first-child, td:first-child { text-align: left; padding-left: 0; } thead th { color: var(--soft); font-size: .8rem; border-bottom-color: var(--rule); vertical-align: bottom; }
.overview td.chips { white-space: normal; min-width: 15em; } .chips .chip:last-child { margin-right: 0; } small { color: var(--faint); } td.displayed { color: var(--soft); } td.genuine b { color: var(--genuine); font-weight: 650; } td.interval { color: var(--soft); font-size: .87rem; }
td .label { display: none; } .figures td { white-space: nowrap; } .meter { vertical-align: .05em; margin-left: .35em; } .meter .share { fill: var(--doubt); }
.scroll { overflow-x: auto; } .numbers { width: auto; min-width: min(100%, 28em); } .wide, .overview { width: 100%; } .numbers td { white-space: nowrap; } .overview th { min-width: 8em; } .wide th { min-width: 5.2em; }
.finding { background: var(--card); border: 1px solid var(--rule); border-left: 4px solid var(--tone); border-radius: 6px; padding: 18px 22px; margin: 0 0 18px; }
.finding header { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline; justify-content: space-between; margin-bottom: .5em; }
.finding h4 { font: 600 1.2rem/1.3 var(--serif); } .standing { font-weight: 600; margin-bottom: .45em; } .finding .facts { margin: 1em 0 0; }
.scale li { display: grid; grid-template-columns: 13.5em 1fr 15.5em; gap: 14px; align-items: center; font-size: .9rem; }
.scale svg { display: block; overflow: visible; } .scale .grid { stroke: var(--grid); } .scale .zero { stroke: var(--faint); } .scale .weight { font-variant-numeric: tabular-nums; color: var(--soft); }
.scale .axis svg { grid-column: 2; } .scale .tick { stroke: none; }
.scale em { font-style: normal; font-size: .76rem; padding: 0 .5em; border-radius: 99px; color: var(--calm); border: 1px solid currentColor; }
.scale rect.other, .scale circle.other { fill: var(--doubt); } .scale rect.innocent, .scale circle.innocent { fill: var(--calm); }
.reasons { counter-reset: reason; } .reasons li { counter-increment: reason; padding: .7em 0 .7em 1.8em; border-top: 1px solid var(--grid); position: relative; } .reasons li::before { content: counter(reason); position: absolute; left: 0; color: var(--faint); font-family: var(--serif); } .reasons p { margin: 0 0 .5em; }
.family { font-size: .76rem; color: var(--soft); border: 1px solid var(--rule); border-radius: 3px; padding: 0 .45em; margin-right: .3em; white-space: nowrap; }
.compare { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.6em, 1fr)); gap: 8px; margin: 0; font-size: .88rem; } .compare div { border-top: 2px solid var(--rule); padding-top: 3px; } .compare .seen { border-color: var(--ink); } .compare .other { border-color: var(--doubt); } .compare .innocent { border-color: var(--calm); } .compare dt { color: var(--soft); font-size: .78rem; line-height: 1.35; } .compare dd { margin: 0; font-variant-numeric: tabular-nums; font-weight: 600; }
.provisions li { font-size: .9rem; margin-bottom: .3em; } .mark { font-size: .76rem; padding: 0 .5em; border-radius: 3px; white-space: nowrap; margin-left: .3em; } .mark.sure { color: var(--calm); background: var(--calm-soft); } .mark.unsure { color: var(--open); background: var(--open-soft); }
details { margin: .5em 0; } summary { cursor: pointer; color: var(--soft); font-size: .88rem; } summary:hover { color: var(--ink); } details[open] > summary { margin-bottom: .5em; color: var(--ink); }
.ids { line-height: 1.9; } .ids code { margin-right: .7em; } .suspects { columns: 15em; column-gap: 28px; font-size: .88rem; } .suspects li { display: flex; justify-content: space-between; gap: 1em; border-bottom: 1px solid var(--grid); padding: 2px 0; break-inside: avoid; } .suspects span { color: var(--soft); font-variant-numeric: tabular-nums; }
.refused > li { margin: .6em 0 1em; } .refused p { margin: 0; } .refused li li { color: var(--soft); font-size: .86rem; padding-left: 1.2em; }
.charts { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 34px 40px; } .chart { margin: 0; } .drawing { display: flex; flex-direction: column; } .chart:first-child, .chart:last-child { grid-column: 1 / -1; } figcaption p { margin: .1em 0 .4em; } .plot { display: block; overflow: visible; margin-top: auto; }
.legend { display: flex; flex-wrap: wrap; gap: 0 1.2em; min-height: 1.6em; }
.plot .grid { stroke: var(--grid); } .plot .base { stroke: var(--faint); } .tick { fill: var(--soft); font: .72rem var(--sans); font-variant-numeric: tabular-nums; paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round; }
.line { fill: none; stroke: var(--c); stroke-width: 1.8; vector-effect: non-scaling-stroke; stroke-linejoin: round; } .line.c-displayed { stroke-dasharray: 5 4; } .under { fill: var(--genuine-soft); } .area { fill: var(--c); stroke: var(--paper); stroke-width: .6; vector-effect: non-scaling-stroke; } .bar { fill: var(--c); } .swatch { background: var(--c); }
.c-displayed { --c: var(--displayed); } .c-observed { --c: var(--observed); } .c-genuine { --c: var(--genuine); } .c-suspected { --c: var(--doubt); } .c-refunded { --c: var(--displayed); }
.c-0 { --c: var(--k0); } .c-1 { --c: var(--k1); } .c-2 { --c: var(--k2); } .c-3 { --c: var(--k3); } .c-4 { --c: var(--k4); } .c-5 { --c: var(--k5); } .c-6 { --c: var(--k6); } .c-7 { --c: var(--k7); }
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 40px; } .guide { border-top: 3px double var(--rule); padding-top: 36px; } .guide h4 { margin: 1.4em 0 .4em; }
.merchant { margin-top: 1.8em; } .merchant h3 { border: 0; margin: 0 0 .5em; } footer { color: var(--faint); font-size: .82rem; padding-bottom: 40px; }
@media screen and (max-width: 980px) { .minor { display: none; } }
@media screen and (max-width: 760px) {
  main, footer, .switch { padding-left: 18px; padding-right: 18px; }
  .charts, .columns { grid-template-columns: minmax(0, 1fr); gap: 30px; }
  .finding { padding: 14px 15px; } .scale li { grid-template-columns: 1fr auto; gap: 2px 10px; padding: 5px 0; } .scale li svg { grid-column: 1 / -1; grid-row: 2; } .scale li.axis { padding: 0; } .scale .axis svg { grid-column: 1 / -1; }
  .figures thead { display: none; } .figures, .figures tbody { display: block; } .figures tr { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 2px 16px; padding: 10px 0; border-bottom: 1px solid var(--rule); }
  .figures th { grid-column: 1 / -1; font-weight: 600; padding: 0; border: 0; } .figures td { display: block; text-align: left; padding: 0; border: 0; white-space: normal; } .figures td.void { display: none; } .figures td .label { display: block; font-size: .74rem; color: var(--faint); line-height: 1.3; margin-top: 4px; }
}
@page { size: A4; margin: 15mm 14mm 17mm; }
@media print {
  :root { --paper: #fff; } html, body { background: #fff; } html { font-size: 9.2pt; } body { line-height: 1.45; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .switch, input[name=language] { display: none; } main, footer { max-width: none; padding: 0; } a { color: inherit; text-decoration: none; }
  .broadcast, .guide { break-before: page; } .masthead + .broadcast { break-before: auto; } h2, h3, h4, h5, .standing { break-after: avoid; }
  .drawing, .scale, .reasons li, .figures tr, .provisions li, .hero, .headline { break-inside: avoid; } .finding { break-inside: auto; } .scroll { overflow: visible; }
  .charts { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 18px 24px; } .minor { display: none; }
  .chart { min-width: 0; } .chart table { font-size: 6.6pt; width: 100%; } .chart table th, .chart table td { padding: .08em .25em; white-space: normal; } details::details-content { content-visibility: visible; display: block; block-size: auto; } summary { list-style: none; } table { font-size: .9rem; } th, td { padding: .3em .4em; } .scale li { grid-template-columns: 12em 1fr 15em; } .numbers { min-width: 0; }
}
`
