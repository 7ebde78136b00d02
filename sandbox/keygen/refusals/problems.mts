/** One entry of a JSON:API `errors` array. */
export interface Problem {
	title: string;
	detail: string;
	code?: string;
	source?: { pointer?: string; parameter?: string; header?: string };
	links?: Record<string, string>;
}

/** What a refusal may add to its status and sentence. */
export interface ProblemFacts {
	code?: string;
	pointer?: string;
	parameter?: string;
	header?: string;
	links?: Record<string, string>;
}

const titles: Record<number, string> = {
	400: 'Bad request',
	401: 'Unauthorized',
	402: 'Payment required',
	403: 'Access denied',
	404: 'Not found',
	405: 'Not supported',
	409: 'Conflict',
	429: 'Too many requests',
	500: 'Internal server error',
};

/** A 422 of a record's own rules has a code and another title than one of an action. */
function titleOf(status: number, code: string | undefined): string {
	if (status === 422) return code ? 'Unprocessable resource' : 'Unprocessable entity';
	return titles[status];
}

/** Thrown anywhere below a route; becomes the JSON:API error document of the answer. */
export class Refusal extends Error {
	status: number;
	problems: Problem[];
	headers: Record<string, string>;

	constructor(status: number, problems: Problem[], headers: Record<string, string> = {}) {
		super(problems.map((problem) => problem.detail).join('; '));
		this.status = status;
		this.problems = problems;
		this.headers = headers;
	}
}

/** Builds one problem of a status, e.g. for a 422 that names several attributes at once. */
export function problem(status: number, detail: string, facts: ProblemFacts = {}): Problem {
	const { code, links, ...where } = facts;
	const source = Object.keys(where).length > 0 ? { source: where } : {};
	return {
		title: titleOf(status, code),
		detail,
		...(code && { code }),
		...source,
		...(links && { links }),
	};
}

/** Refuses with a single problem. */
export function refuse(status: number, detail: string, facts: ProblemFacts = {}): never {
	throw new Refusal(status, [problem(status, detail, facts)]);
}

/** 500 where the service itself breaks. */
export function broken(): never {
	return refuse(
		500,
		'Looks like something went wrong! Our engineers have been notified. If you continue to have problems, please contact support@keygen.sh.',
	);
}

/** A 422 problem of an attribute or a relationship. */
export function unprocessable(detail: string, code: string, pointer: string): Problem {
	return problem(422, detail, { code, pointer });
}

/** Throws one 422 with this problem. */
export function refuseFor(problem: Problem): never {
	throw new Refusal(422, [problem]);
}

/** Throws one 422 with all problems, or returns when there are none. */
export function refuseAll(problems: Problem[]): void {
	if (problems.length > 0) throw new Refusal(422, problems);
}
