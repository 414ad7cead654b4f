/** What the evidence pages add to the report's style sheet. */
export const EVIDENCE_STYLE = `
.verdict { border: 1px solid var(--rule); border-left: 4px solid var(--tone); border-radius: 6px; background: var(--card); padding: 18px 22px; margin: 0 0 20px; }
.verdict.passes { --tone: var(--calm); } .verdict.fails { --tone: var(--doubt); }
.verdict h3 { margin: 0 0 .2em; padding: 0; border: 0; font-size: .82rem; font-family: var(--sans); color: var(--soft); }
.verdict .says { font: 600 1.3rem/1.35 var(--serif); color: var(--tone); margin: 0 0 .6em; }
.verdict ul { margin: .4em 0 0; } .verdict li { padding: .28em 0 .28em 1.5em; position: relative; font-size: .94rem; }
.verdict .holds li::before { content: "✓"; position: absolute; left: 0; color: var(--calm); }
.verdict .failures li { padding-left: 0; border-top: 1px solid var(--grid); } .verdict .failures code { display: block; font-weight: 600; }
.verdict h4 { font: 600 .88rem var(--sans); margin: 1em 0 0; color: var(--soft); } .verdict .caveats li { padding-left: 1em; color: var(--soft); font-size: .88rem; } .verdict .caveats li::before { content: "·"; position: absolute; left: .2em; }
.drop { border: 2px dashed var(--rule); border-radius: 8px; padding: 22px; text-align: center; margin: 0 0 20px; } .drop.over { border-color: var(--genuine); background: var(--genuine-soft); }
.drop p { margin: 0 0 .8em; } .drop .lead { font: 600 1.1rem var(--serif); } .drop .note { margin: .8em auto 0; }
.drop label { display: inline-block; margin: 3px; padding: 5px 14px; border: 1px solid var(--rule); border-radius: 99px; cursor: pointer; font-size: .9rem; } .drop label:hover { border-color: var(--genuine); } .drop label:focus-within { outline: 2px solid var(--genuine); outline-offset: 2px; } .drop label.minor-choice { border-color: transparent; color: var(--soft); text-decoration: underline; text-underline-offset: 3px; } .drop input { position: absolute; opacity: 0; width: 1px; height: 1px; } .drop label.minor-choice { display: inline-block; }
.clip { margin: 0 0 1.4em; } .clip video { display: block; width: 100%; max-height: 68vh; background: #000; border-radius: 6px; } .clip figcaption { color: var(--soft); font-size: .88rem; margin-top: .4em; }
.said li { display: grid; grid-template-columns: 9.5em 1fr; gap: 2px 16px; padding: .5em 0; border-bottom: 1px solid var(--grid); } .said p { margin: 0; } .said .who { color: var(--soft); font-size: .84rem; } .said .when { color: var(--soft); font-variant-numeric: tabular-nums; font-size: .88rem; }
button.seek { font: inherit; font-variant-numeric: tabular-nums; font-size: .88rem; text-align: left; color: var(--genuine); background: none; border: 0; padding: 0; cursor: pointer; text-decoration: underline; text-underline-offset: 3px; } button.seek:focus-visible { outline: 2px solid var(--genuine); outline-offset: 2px; }
.timeline > li { display: grid; grid-template-columns: 9.5em 1fr auto; gap: 2px 16px; padding: .6em 0; border-bottom: 1px solid var(--grid); break-inside: avoid; } .timeline .when { color: var(--soft); font-variant-numeric: tabular-nums; font-size: .88rem; } .timeline p { margin: 0; } .timeline .what { font-weight: 600; } .timeline .place { font-size: .82rem; font-variant-numeric: tabular-nums; }
.timeline dl { display: flex; flex-wrap: wrap; gap: 0 1.2em; margin: .1em 0 0; font-size: .9rem; } .timeline dl div { min-width: 0; } .timeline dt { display: inline; color: var(--faint); font-size: .8rem; margin-right: .35em; } .timeline dd { display: inline; margin: 0; overflow-wrap: anywhere; } .timeline .withheld { color: var(--faint); font-size: .82rem; }
.pieces li { display: flex; flex-wrap: wrap; gap: 0 1em; padding: .25em 0; border-bottom: 1px solid var(--grid); font-size: .82rem; } .pieces .when { color: var(--soft); font-variant-numeric: tabular-nums; } .pieces code { flex: 1 1 20em; }
.promise { border-left: 3px solid var(--open); padding-left: .9em; margin: .8em 0; } .promise p { margin: 0; }
@media screen and (max-width: 760px) { .said li { grid-template-columns: 1fr; } .timeline > li { grid-template-columns: 1fr auto; } .timeline .body { grid-column: 1 / -1; grid-row: 2; } .verdict, .drop { padding: 14px 15px; } }
@media print { .check, .drop, .clip video { display: none; } button.seek { color: inherit; text-decoration: none; } section { margin-bottom: 28px; } .verdict { break-inside: avoid; } }
`
