import { sleep, type ITriggerFunctions, type ITriggerResponse } from 'n8n-workflow';

import { failureOf } from '../../../shared/failure';
import { isResource } from '../../service/document';
import { pages } from '../../service/pages';
import { get } from '../../service/request';
import type { KeygenService } from '../../service/service';
import { failedWatch, serviceOf } from '../service';
import { eventsQuery, LostEvents, redeliver, type LostEvent } from './lost-events';
import { mendEndpoint } from '../endpoint/mending';
import { readEventStatus } from '../memory/acknowledged';
import { ownRegistration, registrationsFor, webhookKey, type Registration } from '../registration';
import { readSettings, type TriggerSettings } from '../settings';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

const LOOKING = 'Lost events could not be looked for';

/** n8n registers its webhooks while it starts triggers. */
const BEFORE_FIRST_LOOK = 2 * SECOND;
/** Deliveries that n8n broke off by ending may be given up only now. */
const BEFORE_SECOND_LOOK = 30 * SECOND;
/** Later looks go back so far before the one before, for clocks that differ. */
const OVERLAP = 15 * MINUTE;
const BETWEEN_REDELIVERIES = 100;
/** How long to wait for the first redelivered event to arrive. */
const PATIENCE = 20 * SECOND;
/** An event that is lost again so often is left to the next start. */
const MOST_TRIES = 3;

/**
 * Looks for events that Keygen gave up and has them delivered again: soon after n8n starts or the
 * workflow is published, once more a little later, then at intervals. It goes on in the background
 * until n8n ends the trigger, and never fails: what goes wrong is logged and tried again.
 */
export function watchForLostEvents(context: ITriggerFunctions): ITriggerResponse {
	const settings = readSettings(context);
	const ended = new AbortController();
	if (settings.lostEvents.days > 0 && context.getMode() !== 'manual')
		void new Watch(context, settings, ended.signal).run();
	return { closeFunction: async () => ended.abort() };
}

class Watch {
	private readonly context: ITriggerFunctions;
	private readonly settings: TriggerSettings;
	private readonly ended: AbortSignal;
	/** By idempotency token: how often an event was sent again, and how often to see whether any arrives. */
	private readonly tries = new Map<string, number>();
	private readonly probes = new Map<string, number>();

	constructor(context: ITriggerFunctions, settings: TriggerSettings, ended: AbortSignal) {
		this.context = context;
		this.settings = settings;
		this.ended = ended;
	}

	/** Never rejects. */
	async run(): Promise<void> {
		const { days, minutes } = this.settings.lostEvents;
		let since = Date.now() - days * DAY;
		let pause = BEFORE_FIRST_LOOK;
		for (let round = 1; await this.wait(pause); round += 1) {
			const start = Date.now();
			const done = await this.look(since).catch((error: unknown) => this.report(error));
			if (done) since = start - OVERLAP;
			if (round > 1 && done && minutes === 0) return;
			pause = round === 1 ? BEFORE_SECOND_LOOK : Math.max(1, minutes) * MINUTE;
		}
	}

	/**
	 * One look.
	 *
	 * @returns whether nothing older than this look need be looked at again
	 */
	private async look(since: number): Promise<boolean> {
		const { context, settings } = this;
		const registered = this.registration();
		if (!registered) return false;
		const service = await serviceOf(context, this.ended);
		const endpoint = await mendEndpoint(this.task(service, registered));
		if (this.ended.aborted) return false;
		const registeredAt = Date.parse(String(endpoint?.attributes?.created));
		const events = new LostEvents(
			registered.url,
			since,
			Date.now(),
			Number.isNaN(registeredAt) ? undefined : registeredAt,
		);
		const listed = get('/webhook-events', eventsQuery(settings.subscriptions));
		for await (const page of pages(service, listed)) {
			if (this.ended.aborted) return false;
			if (!page.ok) throw failedWatch(service, page.failure, LOOKING);
			if (!events.take(page.value.records)) break;
		}
		const times = (counted: Map<string, number>, { idempotencyToken }: LostEvent) =>
			counted.get(idempotencyToken) ?? 0;
		const lost = events
			.found()
			.filter((event) => times(this.tries, event) < MOST_TRIES)
			// One that never arrives must not stand in the way of all others.
			.sort((one, other) => times(this.probes, one) - times(this.probes, other));
		return lost.length === 0 || (await this.fetchBack(service, lost));
	}

	private registration(): Registration | undefined {
		return registrationsFor(this.key(), ownRegistration(this.context)).pop();
	}

	private key(): string {
		return webhookKey(this.context.getWorkflow().id, this.context.getNode().id, false);
	}

	private task(service: KeygenService, registered: Registration) {
		const { context, settings, ended } = this;
		const { logger } = context;
		return {
			service,
			registered,
			settings,
			logger,
			ended,
			node: context.getNode(),
			key: this.key(),
		};
	}

	/** @returns whether all is on its way */
	private async fetchBack(service: KeygenService, lost: LostEvent[]): Promise<boolean> {
		const { logger } = this.context;
		logger.info(`Keygen Trigger: ${lost.length} lost events are fetched back`);
		let sent = 0;
		for (const event of lost) {
			if (this.ended.aborted) return false;
			const counted = sent === 0 ? this.probes : this.tries;
			counted.set(event.idempotencyToken, (counted.get(event.idempotencyToken) ?? 0) + 1);
			const reply = await service.send(redeliver(event));
			if (!reply.ok) {
				const fault = reply.failure;
				if (fault.kind !== 'refused' || fault.status >= 500)
					throw failedWatch(service, fault, LOOKING);
				// The endpoint or the event no longer exists.
				this.tries.set(event.idempotencyToken, MOST_TRIES);
				logger.warn(
					`Keygen Trigger: event ${event.id} cannot be fetched back: status ${fault.status}`,
				);
				continue;
			}
			const again = reply.value.document.data;
			sent += 1;
			// Where one does not arrive, the others would be lost again.
			if (sent === 1 && isResource(again) && !(await this.arrives(service, again.id))) {
				logger.warn(
					'Keygen Trigger: Keygen cannot reach the webhook yet; lost events are fetched back later',
				);
				return false;
			}
			await this.wait(BETWEEN_REDELIVERIES);
		}
		return true;
	}

	private async arrives(service: KeygenService, id: string): Promise<boolean> {
		for (const until = Date.now() + PATIENCE; Date.now() < until; ) {
			if (!(await this.wait(SECOND / 4))) return false;
			const reply = await service.send(readEventStatus(id));
			const event = reply.ok ? reply.value.document.data : undefined;
			const status = isResource(event) ? event.attributes?.status : undefined;
			if (status !== 'DELIVERING') return status === 'DELIVERED';
		}
		return false;
	}

	/** @returns whether the trigger is still on */
	private async wait(milliseconds: number): Promise<boolean> {
		const until = Date.now() + milliseconds;
		for (let left = milliseconds; left > 0; left = until - Date.now()) {
			if (this.ended.aborted) return false;
			await sleep(Math.min(left, SECOND));
		}
		return !this.ended.aborted;
	}

	private report(error: unknown): false {
		if (!this.ended.aborted)
			this.context.logger.warn(`Keygen Trigger: ${failureOf(error).message}`);
		return false;
	}
}
