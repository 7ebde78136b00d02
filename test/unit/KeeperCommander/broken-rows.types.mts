// Rows that must not compile: each broken line is expected to be an error, and `tsc` says so by the
// line if it is none. Part of the stage 'types'; nothing here runs.
import { line, type Row } from '../../../nodes/KeeperCommander/table/row';

const of = { name: 'Lock', action: 'Lock user', description: 'Lock a user' };
const shows = { in: 'users', by: 'email', so: () => true } as const;

export const sound: Row[] = [
	{ ...of, reads: line('enterprise-info --users [--node={node}] [{search}]') },
	{ ...of, changes: line('enterprise-user --lock {email}'), shows },
	{ ...of, does: 'runCommand', lines: [], uses: ['command'], optional: ['fileData'] },
];

// @ts-expect-error no field has this name
line('enterprise-user --lock {emial}');
// @ts-expect-error the same, in an optional part
line('enterprise-user --add [--name={fullNmae}] {email}');
// @ts-expect-error the same, as a condition
line('security-audit-report [{braechWatch}? --breachwatch]');

export const broken: Row[] = [
	// @ts-expect-error a change is read back
	{ ...of, changes: line('enterprise-user --lock {email}') },
	// @ts-expect-error no list has this name
	{ ...of, changes: line('enterprise-user --lock {email}'), shows: { ...shows, in: 'user' } },
	// @ts-expect-error no field has this name
	{ ...of, changes: line('enterprise-user --lock {email}'), shows: { ...shows, by: 'emial' } },
	// @ts-expect-error nothing does this
	{ ...of, does: 'runComand', lines: [], uses: [] },
	// @ts-expect-error no field has this name
	{ ...of, does: 'runCommand', lines: [], uses: ['comand'] },
	// @ts-expect-error every operation has a description
	{ name: 'Lock', action: 'Lock user', reads: line('enterprise-info --users') },
];
