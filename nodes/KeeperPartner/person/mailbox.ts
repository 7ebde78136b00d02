/**
 * One text for all spellings of an address that reach the same mailbox: letters in their composed
 * form and in lower case, the domain as mail servers ask for it (xn--) and without the dot of the
 * root. Servers may tell local parts in different case apart; in practice none does.
 */
export function mailboxOf(email: string): string {
	const at = email.lastIndexOf('@');
	const local = email.slice(0, at).normalize('NFKC').toLowerCase();
	return `${local}@${asciiDomain(email.slice(at + 1))}`;
}

/** Lower case, ASCII form of international names, no dot at the end. */
export function asciiDomain(domain: string): string {
	const bare = domain.replace(/[.\u3002\uFF0E\uFF61]+$/u, '').toLowerCase();
	const asUrl = `https://${bare}`;
	return bare !== '' && URL.canParse(asUrl) ? new URL(asUrl).hostname : bare;
}
