import { makeMachineProof } from '../../keygen-signing/license-keys.mts';
import { licensesInHand } from '../access/clients-sight.mts';
import type { Call, Handler } from '../call/call.mts';
import { find } from '../call/finding.mts';
import { forbid } from '../refusals/forbidden.mts';
import { problem, refuseAll } from '../refusals/problems.mts';
import { refuseProtectedMachine } from '../rules/licensing/machines.mts';
import { ping } from '../standing/heartbeat.mts';
import { isProtected } from '../standing/licenses.mts';
import { related } from '../state/relations.mts';
import { emit } from '../webhooks/events.mts';

export const pingMachine: Handler = (call) => {
	const machine = find(call, 'machines', call.params.id);
	if (call.bearer.role === 'user') refuseProtectedMachine(call, machine);
	const done = ping(call.world, machine);
	if (done === 'refused')
		refuseAll([
			problem(422, 'the heartbeat is dead and the policy does not revive it', {
				code: 'MACHINE_HEARTBEAT_DEAD',
				pointer: '/data',
			}),
		]);
	emit(call, `machine.heartbeat.${done}`, machine);
	return { status: 200, data: machine };
};

export const resetMachine: Handler = (call) => {
	const machine = find(call, 'machines', call.params.id);
	Object.assign(machine.facts, {
		lastHeartbeat: null,
		monitoredSince: call.now,
		resurrected: false,
		deathTold: false,
	});
	call.world.store.touch(machine, call.now);
	emit(call, 'machine.heartbeat.reset', machine);
	return { status: 200, data: machine };
};

export const pingProcess: Handler = (call) => {
	const process = find(call, 'processes', call.params.id);
	const done = ping(call.world, process);
	if (done === 'refused')
		refuseAll([
			problem(422, 'the heartbeat is dead and the policy does not revive it', {
				code: 'PROCESS_HEARTBEAT_DEAD',
				pointer: '/data',
			}),
		]);
	emit(call, `process.heartbeat.${done}`, process);
	return { status: 200, data: process };
};

/** A proof that a machine was known at a time, signed with RSA; an older way than machine files. */
export const offlineProof: Handler = (call) => {
	const machine = find(call, 'machines', call.params.id);
	const dataset = call.body.meta.dataset ?? {
		account: { id: call.world.account.id },
		license: { id: machine.links.license },
		machine: {
			id: machine.id,
			fingerprint: machine.facts.fingerprint,
			created: new Date(machine.created).toISOString(),
		},
		ts: new Date(call.now).toISOString(),
	};
	const proof = makeMachineProof(call.world.keys, JSON.stringify(dataset));
	emit(call, 'machine.proofs.generated', machine);
	return { status: 200, data: machine, meta: { proof } };
};

/** Clients add components and processes only to machines of their licenses. */
export function refuseForeignParent(call: Call): void {
	if (!['user', 'license'].includes(call.bearer.role)) return;
	const machine = call.world.store.get('machines', call.body.relationships.machine?.id);
	const license = machine && related(call.world, machine, 'license');
	if (!license || !licensesInHand(call).includes(license)) forbid();
	if (call.bearer.role === 'user' && isProtected(call.world, license)) forbid();
}
