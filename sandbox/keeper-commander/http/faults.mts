export type FaultKind =
	/** The connection breaks before the service has seen the request. */
	| 'reset-before'
	/** It breaks after the service has acted. */
	| 'reset-after'
	/** A proxy answers in its place. */
	| 'html-502'
	| 'html-503'
	/** The service says that its queue is full. */
	| 'queue-full'
	/** The service has acted, and answers something nobody expects. */
	| 'strange-answer'
	/** The service has acted, and the answer never comes. */
	| 'silence'
	/** Redirects to another server. */
	| 'redirect';

export interface Fault {
	kind: FaultKind;
	on: 'submit' | 'result' | 'queue';
	/** Only where the line of the request holds this text. */
	line?: string;
	/** How many requests it strikes; 1 if not given. */
	times?: number;
	/** How many that fit pass before it strikes. */
	after?: number;
}

/** The faults still to come. */
export class FaultPlan {
	private faults: Fault[] = [];

	add(fault: Fault): void {
		this.faults.push({ ...fault });
	}

	/** The fault that strikes a request, if any. */
	strike(on: Fault['on'], line: string): FaultKind | undefined {
		const fault = this.faults.find(
			(candidate) => candidate.on === on && line.includes(candidate.line ?? ''),
		);
		if (!fault) return undefined;
		if ((fault.after ?? 0) > 0) {
			fault.after = (fault.after ?? 0) - 1;
			return undefined;
		}
		fault.times = (fault.times ?? 1) - 1;
		if (fault.times <= 0) this.faults.splice(this.faults.indexOf(fault), 1);
		return fault.kind;
	}
}
