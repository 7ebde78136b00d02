/** A stand-in that runs in a process of its own. */
export interface Served {
	/** What a person or a program needs to use it; printed as JSON. */
	facts: { url: string; [name: string]: unknown };
	close(): Promise<void>;
}
