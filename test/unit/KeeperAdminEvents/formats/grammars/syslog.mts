/** Reads messages of RFC 5424 by its grammar (section 6); throws for what it does not allow. */
export interface SyslogMessage {
	facility: number;
	severity: number;
	timestamp: string;
	hostname: string;
	appName: string;
	procId: string;
	msgId: string;
	structuredData: string;
	message: string;
}

const TIMESTAMP =
	'-|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?(?:Z|[+-]\\d\\d:\\d\\d)';
const printable = (most: number) => `[!-~]{1,${most}}`;
const SD_NAME = '[!#-<>-\\\\^-~]{1,32}';
const SD_ELEMENT = `\\[${SD_NAME}(?: ${SD_NAME}="(?:[^"\\\\\\]]|\\\\.)*")*\\]`;
const GRAMMAR = new RegExp(
	`^<(0|[1-9]\\d{0,2})>1 (${TIMESTAMP}) (${printable(255)}) (${printable(48)}) (${printable(128)}) (${printable(32)}) (-|(?:${SD_ELEMENT})+)(?: (.*))?$`,
	'su',
);

export function parseSyslog(line: string): SyslogMessage {
	const found = GRAMMAR.exec(line);
	if (!found || Number(found[1]) > 191) throw new Error(`No RFC 5424 message: ${line}`);
	if (line.includes('\n')) throw new Error('A line feed, which ends a message over TCP');
	const [, priority, timestamp, hostname, appName, procId, msgId, structuredData, message] =
		found as string[];
	return {
		facility: Number(priority) >> 3,
		severity: Number(priority) & 7,
		timestamp: String(timestamp),
		hostname: String(hostname),
		appName: String(appName),
		procId: String(procId),
		msgId: String(msgId),
		structuredData: String(structuredData),
		message: message ?? '',
	};
}
