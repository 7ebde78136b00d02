import type { LedgerRow } from './ledger.mts';
import type { Stats } from './stats.mts';

/** A ledger can hold many thousands of licenses; a page that shows them all is of no use. */
const SHOWN = 500;

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#e3e6ea, #30363d); --soft: light-dark(#5b6570, #9aa4af);
	--card: light-dark(#ffffff, #161b22); --back: light-dark(#f6f7f9, #0d1117); --warn: light-dark(#b42318, #ff8f85); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); font: 14px/1.5 system-ui, sans-serif; }
main { max-width: 84rem; margin: 0 auto; padding: 2.5rem 1.5rem; }
h1 { margin: 0; font-size: 1.5rem; font-weight: 650; }
p { margin: .25rem 0 1.5rem; color: var(--soft); }
dl { display: flex; flex-wrap: wrap; gap: .75rem; margin: 0 0 1.5rem; }
dl div { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .6rem 1rem; min-width: 8rem; }
dt { color: var(--soft); font-size: .8rem; }
dd { margin: 0; font-size: 1.35rem; font-weight: 600; font-variant-numeric: tabular-nums; }
dd.warn, td b { color: var(--warn); }
td b { margin-left: .5rem; font-size: .87em; font-weight: 600; }
.table { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .5rem .9rem; text-align: left; white-space: nowrap; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-size: .8rem; font-weight: 500; }
tr:last-child td { border-bottom: 0; }
td.number { text-align: right; font-variant-numeric: tabular-nums; color: var(--soft); }
td.code { font-family: ui-monospace, monospace; font-size: .87em; }
td.empty { padding: 3rem; text-align: center; color: var(--soft); }
`;

/** The ledger as a web page, newest license first; needs nothing from outside. */
export function renderLedgerPage(rows: readonly LedgerRow[], stats: Stats): string {
	const newest = rows.slice(-SHOWN).reverse();
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>Keeper partner sandbox</title>
<style>${STYLE}</style>
</head>
<body><main>
<h1>Licenses created</h1>
<p>A local stand-in for Keeper's partner provisioning service. Nothing here reaches Keeper.</p>
<dl>
${figure('Licenses', stats.created)}
${figure('Duplicates', stats.duplicates, stats.duplicates > 0)}
${figure('Requests', stats.requests)}
${figure('Faults applied', stats.faults)}
${figure('Connections', stats.sockets)}
${figure('Most at once', stats.peakRequestsInFlight)}
</dl>
<div class="table"><table>
<thead><tr><th>#</th><th>E-mail</th><th>First name</th><th>Last name</th><th>Plan</th><th>Transaction ID</th><th>Order number</th><th>Created (UTC)</th></tr></thead>
<tbody>
${newest.map(tableRow).join('\n') || '<tr><td class="empty" colspan="8">No license has been created yet.</td></tr>'}
</tbody>
</table></div>
${rows.length > SHOWN ? `<p>The newest ${SHOWN} of ${rows.length}. All of them: <a href="/sandbox/ledger">/sandbox/ledger</a></p>` : ''}
</main></body>
</html>
`;
}

function tableRow(row: LedgerRow): string {
	const cells = [
		`<td class="number">${row.sequence}</td>`,
		`<td>${escapeHtml(row.email)}${repeats(row)}</td>`,
		`<td>${escapeHtml(row.firstName)}</td>`,
		`<td>${escapeHtml(row.lastName ?? '')}</td>`,
		`<td>${row.plan}</td>`,
		`<td class="code">${escapeHtml(row.transactionId)}</td>`,
		`<td class="code">${row.orderNumber}</td>`,
		`<td>${row.createdAt.slice(0, 19).replace('T', ' ')}</td>`,
	];
	return `<tr>${cells.join('')}</tr>`;
}

function repeats({ duplicateOf }: LedgerRow): string {
	return duplicateOf === undefined ? '' : ` <b>repeats #${duplicateOf}</b>`;
}

function figure(name: string, value: number, warn = false): string {
	return `<div><dt>${name}</dt><dd${warn ? ' class="warn"' : ''}>${value}</dd></div>`;
}

function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
