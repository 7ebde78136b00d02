import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { bounded } from '../../shared/bounded-number';
import { invalid } from '../../shared/failure';
import type { AuditEvent } from '../event/audit-event';
import type { OutputFormat } from '../formats/formats';
import type { FileTarget } from '../formats/lines-file';
import { matchingNothing } from '../event/event-filter';
import {
	filteredEvents,
	readFileTarget,
	readFilter,
	readFormat,
	readPageSize,
	type FilterFields,
} from '../settings';
import {
	customRange,
	momentOf,
	RELATIVE_RANGES,
	relativeRange,
	type RelativeRange,
	type TimeRange,
} from './time-range';

/** What an item asks for. */
export interface GetManyRequest {
	range: TimeRange;
	/** Infinity for all. */
	limit: number;
	/** The latest events first, and of more than the limit the latest. */
	newestFirst: boolean;
	pageSize: number;
	/** Stretches of a long range to read at once. */
	atATime: number;
	wanted: (event: AuditEvent) => boolean;
	/** Codes and patterns of the filter that no known event matches. */
	matchingNothing: string[];
	format: OutputFormat;
	/** Set where one file is to come out in place of an item per event. */
	file?: FileTarget;
	timeoutMs: number;
	/** Milliseconds since 1970. */
	now: number;
}

/** Below this a smaller page saves nothing, and a few events beside the range could fill it. */
const SMALLEST_PAGE = 100;

type Parameter = (name: string, otherwise?: unknown) => unknown;

/** Reads the parameters for an item. Throws Failed. */
export function readGetManyRequest(context: IExecuteFunctions, itemIndex: number): GetManyRequest {
	const parameter: Parameter = (name, otherwise) =>
		context.getNodeParameter(name, itemIndex, otherwise as IDataObject);
	const now = Date.now();
	const filters = parameter('filters', {}) as FilterFields;
	const options = parameter('options', {}) as IDataObject;
	const isFiltered = Object.values(filters).some((list) => String(list ?? '').trim() !== '');
	const limit = readLimit(parameter);
	const newestFirst = readOrder(parameter) === 'newest';
	// Of a filtered page only some events count, so the limit says nothing about its size. The same
	// holds where only the end of a page may be what is wanted.
	const needed = isFiltered || newestFirst ? Infinity : Math.max(limit, SMALLEST_PAGE);
	return {
		range: readRange(parameter, context.getTimezone(), now),
		limit,
		newestFirst,
		pageSize: Math.min(readPageSize(options.pageSize), needed),
		atATime: bounded(options.concurrency, 1, 10, 4),
		wanted: readFilter(filters),
		matchingNothing: matchingNothing(filteredEvents(filters)),
		format: readFormat(parameter('outputFormat', 'raw')),
		...(parameter('output', 'events') === 'file' && { file: readFileTarget(parameter) }),
		timeoutMs: bounded(options.timeoutSeconds, 1, 600, 60) * 1000,
		now,
	};
}

function readLimit(parameter: Parameter): number {
	if (parameter('returnAll', false) === true) return Infinity;
	const value = parameter('limit', 50);
	const limit = Number(value);
	if (Number.isInteger(limit) && limit >= 1) return limit;
	throw invalid(
		`'Limit' must be a whole number of at least 1, but is '${String(value)}'`,
		"Correct it, or turn on 'Return All'.",
	);
}

function readOrder(parameter: Parameter): 'newest' | 'service' {
	const order = parameter('order', 'service');
	if (order === 'newest' || order === 'service') return order;
	throw invalid(
		`'Order' is '${String(order)}', which is not one of the choices`,
		'Use one of: service, newest.',
	);
}

function readRange(parameter: Parameter, zone: string, now: number): TimeRange {
	const choice = String(parameter('timeRange', 'last24Hours'));
	if (Object.hasOwn(RELATIVE_RANGES, choice)) return relativeRange(choice as RelativeRange, now);
	if (choice !== 'custom') {
		const choices = [...Object.keys(RELATIVE_RANGES), 'custom'].join(', ');
		throw invalid(
			`'Time Range' is '${choice}', which is not one of the choices`,
			`Use one of: ${choices}.`,
		);
	}
	const start = momentOf(parameter('start', ''));
	if (start === '') throw invalid("'Start' is empty", 'Enter the earliest time.');
	return customRange(start, momentOf(parameter('end', '')), zone, now);
}
