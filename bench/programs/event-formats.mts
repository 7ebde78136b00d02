// What each output format costs: audit events into documents, and those into the lines of a file.
import { EventsService } from '../../sandbox/keeper-events/events-service.mts';
import { inTurn } from '../medians.mts';
import { loaded, tell, told } from './loaded.mts';

const { Documents } = loaded<typeof import('../../nodes/KeeperAdminEvents/formats/documents')>(
	'nodes/KeeperAdminEvents/formats/documents.ts',
);
const { LinesFile } = loaded<typeof import('../../nodes/KeeperAdminEvents/formats/lines-file')>(
	'nodes/KeeperAdminEvents/formats/lines-file.ts',
);
const { FORMATS } = loaded<typeof import('../../nodes/KeeperAdminEvents/formats/formats')>(
	'nodes/KeeperAdminEvents/formats/formats.ts',
);

const { count, rounds } = told<{ count: number; rounds: number }>();

const { log } = new EventsService({ history: { count, days: 20 } });
const events = log.between(0, Infinity, '[]', Infinity).map(({ event }) => event);
if (events.length !== count) throw new Error(`${events.length} of ${count} events happened.`);

type Format = keyof typeof FORMATS;
const formats = (Object.keys(FORMATS) as Format[]).filter((format) => format !== 'raw');

/**
 * Processor time, since nothing waits here. Each document is let go once it is written, so that the
 * garbage of one format does not slow the next.
 */
const through = (format: Format) => async () => {
	(globalThis as { gc?: () => void }).gc?.();
	const started = process.cpuUsage();
	const documents = new Documents(format, Date.now());
	const file = new LinesFile(format);
	for (const event of events) file.add(documents.of(event));
	const { user, system } = process.cpuUsage(started);
	return (user + system) / 1000;
};
const ways = Object.fromEntries(formats.map((format) => [format, through(format)]));
await inTurn(1, ways);
tell(await inTurn(rounds, ways));
