/** How far a reading got in time, where the events prove to come sorted. */
export type Reached = { order: 'ascending' | 'descending' | 'one instant'; time: number };

/** The order in which the events of a stretch of time come. */
export class OrderMet {
	private isAscending = true;
	private isDescending = true;
	private last?: number;

	/** Notes the times of events, in the order of the service; undefined for one without. */
	note(times: ReadonlyArray<number | undefined>): void {
		for (const time of times) {
			if (time === undefined) {
				this.isAscending = this.isDescending = false;
				continue;
			}
			if (this.last !== undefined && time < this.last) this.isAscending = false;
			if (this.last !== undefined && time > this.last) this.isDescending = false;
			this.last = time;
		}
	}

	/** @returns undefined for events that come in no order */
	reached(): Reached | undefined {
		const { last: time, isAscending, isDescending } = this;
		if (time === undefined) return undefined;
		if (isAscending) return { order: isDescending ? 'one instant' : 'ascending', time };
		return isDescending ? { order: 'descending', time } : undefined;
	}
}
