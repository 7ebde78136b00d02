/** What the tests read of the package, which comes without types. */
declare module 'nsyslog-parser' {
	interface Parsed {
		type: string;
		facility?: string;
		level?: string;
		host: string;
		appName?: string;
		messageid?: string;
		ts: Date;
		message: string;
		cef?: Record<string, string>;
		leef?: Record<string, string>;
		fields: Record<string, string>;
	}
	export default function parse(line: string): Parsed;
}
