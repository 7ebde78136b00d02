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
	422: 'Unprocessable resource',
	429: 'Too many requests',
	500: 'Internal server error',
};

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
		title: titles[status],
		detail,
		...(code && { code }),
		...source,
		...(links && { links }),
	};
}

/** Refuses with a single problem. */
export function refuse(status: number, detail: string, facts: ProblemFacts = {}): never {
	const headers: Record<string, string> =
		status === 401 ? { 'www-authenticate': 'Bearer realm="keygen"' } : {};
	throw new Refusal(status, [problem(status, detail, facts)], headers);
}

/** 404 for a resource named in the path; the code is the documented NOT_FOUND. */
export function notFound(what: string, id: string): never {
	return refuse(404, `There is no ${what} '${id}' here`, { code: 'NOT_FOUND' });
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
