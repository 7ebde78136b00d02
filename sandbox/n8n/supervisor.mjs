// Runs a command and lets nothing of it outlive the test or demo that asked for it.
//
// The parent starts this as the leader of a process group of its own and keeps its stdin open. When
// stdin ends, however the parent died, the whole group is killed.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

const killGroup = () => process.kill(-process.pid, 'SIGKILL');

process.stdin.on('end', killGroup).on('error', killGroup).resume();
// Sent to the group, so the child has it too: it is the child's to end.
process.on('SIGTERM', () => {});
child.on('error', (error) => {
	process.stderr.write(`${error.message}\n`);
	process.exit(127);
});
child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
