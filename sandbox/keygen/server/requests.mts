/** One request as the sandbox saw it. */
export interface LoggedRequest {
	id: string;
	at: string;
	method: string;
	/** Path and query. */
	url: string;
	headers: Record<string, string | string[] | undefined>;
	/** The body parsed, or as text when it is no JSON. */
	body: unknown;
	status: number;
	/** `code pointer` of the errors it was answered with. */
	errors: string[];
	/** Kinds of the faults that were played on it. */
	faults: string[];
}

/** The last requests, oldest first. */
export class RequestLog {
	entries: LoggedRequest[] = [];
	total = 0;
	private most: number;

	constructor(most: number) {
		this.most = most;
	}

	add(entry: LoggedRequest): void {
		this.total++;
		this.entries.push(entry);
		if (this.entries.length > this.most) this.entries.splice(0, this.entries.length - this.most);
	}
}
