import type { Mail } from './mail-store.mts';

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#e3e6ea, #30363d); --soft: light-dark(#5b6570, #9aa4af);
	--card: light-dark(#ffffff, #161b22); --back: light-dark(#f6f7f9, #0d1117); --hover: light-dark(#f0f4ff, #1c2533);
	--link: light-dark(#1f5fd0, #79aaff); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.5rem; }
header { display: flex; align-items: baseline; gap: 1rem; margin-bottom: 1.25rem; }
h1 { margin: 0; font-size: 1.5rem; font-weight: 650; overflow-wrap: anywhere; }
header span { color: var(--soft); margin-right: auto; }
a { color: var(--link); text-decoration: none; }
button { font: inherit; padding: .3rem .9rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); cursor: pointer; }
button:hover { background: var(--hover); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; overflow: hidden; margin-bottom: 1rem; }
.mail { display: grid; grid-template-columns: 16rem 1fr auto; gap: 1rem; padding: .7rem 1rem; color: inherit; border-bottom: 1px solid var(--line); }
.mail:last-child { border-bottom: 0; }
.mail:hover { background: var(--hover); }
.mail > * { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.mail b { font-weight: 600; }
.mail i, time { color: var(--soft); font-style: normal; font-variant-numeric: tabular-nums; }
.empty { padding: 3rem; text-align: center; color: var(--soft); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem; margin: 0; padding: 1rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
iframe { display: block; width: 100%; height: 45vh; border: 0; background: #fff; color-scheme: light; }
summary { padding: .7rem 1rem; cursor: pointer; font-weight: 600; }
pre { margin: 0; padding: 0 1rem 1rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; font: .87em/1.5 ui-monospace, monospace; }
`;

/** All mails, newest first. The page loads itself again every few seconds. */
export function renderList(mails: readonly Mail[]): string {
	const rows = [...mails]
		.reverse()
		.map(
			(mail) =>
				`<a class="mail" href="/mails/${mail.id}"><span>${escapeHtml(mail.to)}</span>` +
				`<span><b>${escapeHtml(mail.subject || '(no subject)')}</b> <i>${escapeHtml(preview(mail.text))}</i></span>` +
				`${time(mail)}</a>`,
		);
	return page(
		'Mailbox',
		`<header><h1>Mailbox</h1><span>${mails.length} ${mails.length === 1 ? 'mail' : 'mails'}, none of which left this machine</span>
<form method="post" action="/clear"><button>Empty</button></form></header>
<div class="card">${rows.join('\n') || '<div class="empty">No mail yet.</div>'}</div>`,
		'<meta http-equiv="refresh" content="5">',
	);
}

/** One mail: the HTML in a frame without rights, then text, headers and source. */
export function renderMail(mail: Mail, raw: Buffer): string {
	const facts: Array<[string, string]> = [
		['From', mail.from],
		['To', mail.to],
		['Envelope', `${mail.envelope.from || '<>'} → ${mail.envelope.to.join(', ')}`],
		...mail.attachments.map(({ filename, contentType, size }): [string, string] => [
			'Attachment',
			`${filename ?? '(no name)'}, ${contentType}, ${size} bytes`,
		]),
	];
	const headers = mail.headers.map(({ name, value }) => `${name}: ${value}`).join('\n');
	return page(
		mail.subject || '(no subject)',
		`<p><a href="/">← Mailbox</a></p>
<header><h1>${escapeHtml(mail.subject || '(no subject)')}</h1><span></span>${time(mail)}</header>
<div class="card"><dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl></div>
${mail.html === undefined ? '' : `<div class="card"><iframe sandbox="" title="HTML part" src="/mails/${mail.id}/html"></iframe></div>`}
${section('Text', mail.text, mail.html === undefined)}
${section('Headers', headers)}
${section('Source', raw.toString('utf8'))}
<p><a href="/mails/${mail.id}/raw">Source as it came in</a></p>`,
	);
}

function section(title: string, text: string, open = false): string {
	return `<details class="card"${open ? ' open' : ''}><summary>${title}</summary><pre>${escapeHtml(text)}</pre></details>`;
}

function time({ receivedAt }: Mail): string {
	return `<time datetime="${receivedAt}">${receivedAt.slice(0, 19).replace('T', ' ')}</time>`;
}

function preview(text: string): string {
	return text.replace(/\s+/g, ' ').trim().slice(0, 120);
}

function page(title: string, body: string, head = ''): string {
	return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${head}
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main>${body}</main></body>
</html>
`;
}

function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
