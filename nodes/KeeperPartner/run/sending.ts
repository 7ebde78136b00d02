import type { IExecuteFunctions } from 'n8n-workflow';

import { HttpDoor } from '../../shared/http/http';
import { eachItem } from '../../shared/items';
import { licenseOutcome } from '../call/license-answer';
import { licenseParameters, licenseUrl } from '../call/license-request';
import { failed, unknown, type Outcome } from '../call/outcome';
import type { Person } from '../person/person';
import type { Account } from './account';
import type { Batch } from './batch';
import { EditorMemory } from './editor-memory';
import { ExecutionMemory, keyOf } from './execution-memory';
import { RunEnd } from './run-end';
import { StopLog } from './stop-log';

const MAX_ANSWER_BYTES = 1_000_000;

/** What became of an item. */
export interface Fate {
	outcome: Outcome;
	/** The transaction ID of the earlier call that this outcome is of. */
	repeats?: string;
}

/** Someone to be sent. */
interface Task {
	itemIndex: number;
	person: Person;
	account: Account;
	key: string;
}

/**
 * Sends everybody of a batch who can be sent, at most once in the execution.
 *
 * @returns by item, without those who cannot be sent
 */
export async function sendAll(
	context: IExecuteFunctions,
	batch: Batch,
): Promise<Map<number, Fate>> {
	return await new Sending(context, batch).all();
}

class Sending {
	private readonly batch: Batch;
	private readonly door: HttpDoor;
	private readonly memory: ExecutionMemory;
	private readonly editorMemory: EditorMemory;
	private readonly runEnd: RunEnd;
	private readonly stopLog: StopLog;
	private readonly cancelled?: AbortSignal;
	/** What becomes of those who are under way when the execution is stopped. */
	private readonly stopped: Promise<Outcome>;

	constructor(context: IExecuteFunctions, batch: Batch) {
		const { settings } = batch;
		this.batch = batch;
		this.cancelled = settings.pace.cancelled;
		this.door = new HttpDoor(
			context.helpers.httpRequest,
			{ timeoutMs: settings.timeoutMs, maxBytes: MAX_ANSWER_BYTES },
			this.cancelled,
		);
		this.memory = new ExecutionMemory(context);
		this.editorMemory = new EditorMemory(context, settings.againInEditor);
		this.runEnd = new RunEnd(context, settings.continueAfterUnauthorized);
		this.stopLog = new StopLog(context);
		this.stopped = new Promise((resolve) => {
			this.cancelled?.addEventListener('abort', () => resolve(UNDER_WAY), { once: true });
		});
	}

	async all(): Promise<Map<number, Fate>> {
		const fates = new Map<number, Fate>();
		const queue: Task[] = [];
		for (const task of this.tasks()) {
			const fate = await this.earlier(task);
			if (fate) fates.set(task.itemIndex, fate);
			else queue.push(task);
		}
		const { mostLicenses } = this.batch.settings;
		if (queue.length > 0 && this.memory.count + queue.length > mostLicenses) {
			const outcome = overLimit(queue.length, this.memory.count, mostLicenses);
			for (const { itemIndex } of queue) fates.set(itemIndex, { outcome });
			return fates;
		}
		const send = async (task: Task) =>
			void fates.set(task.itemIndex, await this.one(task, queue.length));
		// The first call is made by itself: it shows whether the credential is right and Keeper is there.
		const [first, ...others] = queue;
		if (first) await send(first);
		await eachItem(others.length, this.batch.settings.pace, async (index) => {
			await send(others[index]);
		});
		this.stopLog.close();
		return fates;
	}

	private tasks(): Task[] {
		const { people, accounts, row } = this.batch;
		return people.flatMap((person, itemIndex) => {
			const account = accounts[itemIndex];
			if (!person.ok || !account.ok) return [];
			const key = keyOf(row.plan, person.value);
			return [{ itemIndex, person: person.value, account: account.value, key }];
		});
	}

	/** What became of the person before, in this execution or in the editor. */
	private async earlier({ key, itemIndex }: Task): Promise<Fate | undefined> {
		const sent = (await this.memory.recall(key)) ?? this.editorMemory.recall(key, itemIndex);
		return sent && { outcome: sent.outcome, repeats: sent.transactionId };
	}

	private async one(task: Task, people: number): Promise<Fate> {
		const { key } = task;
		if (this.cancelled?.aborted) return { outcome: NOT_SENT };
		if (this.runEnd.end) return { outcome: this.runEnd.end };
		// Another run of the node may have come first: an agent can call a tool twice at once.
		if (this.memory.has(key)) {
			const fate = await this.earlier(task);
			if (fate) return fate;
		}
		return { outcome: await this.unlessStopped(this.sent(task, people)) };
	}

	/** Makes the call, and takes note of its outcome wherever it counts. */
	private async sent({ person, account, key, itemIndex }: Task, people: number): Promise<Outcome> {
		this.stopLog.started(person);
		const ended = this.runEnd.started(people);
		const outcome = await this.memory.during(
			key,
			person,
			async () => await this.call(person, account),
		);
		this.stopLog.ended(person, outcome);
		ended(outcome);
		if (outcome.outcome === 'provisioned' || outcome.outcome === 'unknown')
			this.editorMemory.remember(key, itemIndex, {
				outcome,
				transactionId: person.transactionId,
			});
		return outcome;
	}

	/**
	 * Waits for a call no longer than the execution lasts: of a workflow that has timed out, n8n keeps
	 * what a node returns at once, and nothing that comes later. The call goes on, and its outcome
	 * goes to the log.
	 */
	private async unlessStopped(call: Promise<Outcome>): Promise<Outcome> {
		if (!this.cancelled) return await call;
		return await Promise.race([call, this.stopped]);
	}

	private async call(person: Person, { partner }: Account): Promise<Outcome> {
		const { row, settings } = this.batch;
		const parameters = licenseParameters(row, person, partner, settings.additional);
		const result = await this.door.request({
			method: 'GET',
			url: licenseUrl(row, partner.baseUrl, parameters),
			headers: { Accept: 'application/json' },
			repeatable: false,
			waitsWhenCancelled: true,
			tellsProxyApart: true,
		});
		return licenseOutcome(result, [partner.secret, parameters.hash]);
	}
}

const UNDER_WAY = unknown(
	'cancelled',
	'The execution was stopped while Keeper was working on this person, and the license may exist all the same. The log of n8n tells what came of it, by transaction ID',
);

const NOT_SENT = failed(
	'cancelled',
	'The execution was cancelled before this person was sent',
	'Nothing was created. Run the workflow again.',
);

function overLimit(wanted: number, before: number, most: number): Outcome {
	const already = before > 0 ? `, after ${before} that it has bought already` : '';
	return failed(
		'over_limit',
		`This run would buy ${wanted} licenses${already}, and 'Most Licenses in One Run' is ${most}`,
		'Nothing was sent. Check that the list is what it should be. If it is, raise the limit in the options of the node.',
	);
}
