import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { parameterReader, type ParameterReader } from '../../shared/parameters';
import { comparable, FieldFinder, type PreferredNames } from './automatic-fields';
import type { PersonFields, Refusal } from './person';
import { transactionIdOf, type TransactionIdSource } from './transaction-id';

/**
 * Prepares to read people from items, in the mode that the user chose.
 *
 * @returns per item the fields, or a refusal where an expression cannot be evaluated
 */
export function personReader(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	plan: string,
): (itemIndex: number) => PersonFields | Refusal {
	const readName =
		context.getNodeParameter('mappingMode', 0) === 'mapAutomatically'
			? automaticReader(context, items)
			: fieldByFieldReader(context, items);
	const readTransactionId = transactionIdReader(context, items, plan);
	return (itemIndex) => {
		const fields = readName(itemIndex);
		if ('reason' in fields) return fields;
		const transactionId = readTransactionId(itemIndex, fields.email);
		return isUnreadable(transactionId) ? transactionId : { ...fields, transactionId };
	};
}

type NameFields = Omit<PersonFields, 'transactionId'>;

function automaticReader(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): (itemIndex: number) => NameFields {
	const finder = new FieldFinder(context.getNodeParameter('fieldNames', 0, {}) as PreferredNames);
	return (itemIndex) => finder.find(items[itemIndex].json);
}

function fieldByFieldReader(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): (itemIndex: number) => NameFields | Refusal {
	const read = (name: string, parameter: string) =>
		readable(parameterReader(context, items, name), parameter);
	const readers = {
		email: read('email', 'Email'),
		firstName: read('firstName', 'First Name'),
		lastName: read('lastName', 'Last Name'),
	};
	return (itemIndex) => {
		const email = readers.email(itemIndex);
		if (isUnreadable(email)) return email;
		const firstName = readers.firstName(itemIndex);
		if (isUnreadable(firstName)) return firstName;
		const lastName = readers.lastName(itemIndex);
		if (isUnreadable(lastName)) return lastName;
		return { email, firstName, lastName };
	};
}

function transactionIdReader(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	plan: string,
): (itemIndex: number, email: unknown) => unknown {
	switch (context.getNodeParameter('transactionIdSource', 0) as TransactionIdSource) {
		case 'value':
			return readable(parameterReader(context, items, 'transactionId'), 'Transaction ID Value');
		case 'field': {
			const wanted = comparable(String(context.getNodeParameter('transactionIdField', 0, '')));
			const prefix = String(context.getNodeParameter('transactionIdPrefix', 0, ''));
			return (itemIndex) => {
				const { json } = items[itemIndex];
				const key = Object.keys(json).find((name) => comparable(name) === wanted);
				const value = key === undefined ? undefined : json[key];
				const text = typeof value === 'number' ? String(value) : value;
				return typeof text === 'string' && text.trim() !== '' ? prefix + text.trim() : text;
			};
		}
		case 'emailAndPlan':
			return (_, email) => transactionIdOf(email, plan);
	}
}

const UNREADABLE = 'the expression cannot be evaluated';

/** Wraps a reader so that an expression's failure is that item's alone. */
function readable(read: ParameterReader, parameter: string): ParameterReader {
	return (itemIndex) => {
		try {
			return read(itemIndex);
		} catch (error) {
			return {
				parameter,
				reason: 'invalid_input',
				message: `'${parameter}': ${UNREADABLE}: ${error instanceof Error ? error.message : String(error)}`,
				description: 'Correct the expression, or the field that it reads, for this item.',
			} satisfies Refusal;
		}
	};
}

function isUnreadable(value: unknown): value is Refusal {
	return (
		typeof value === 'object' &&
		value !== null &&
		(value as Refusal).reason === 'invalid_input' &&
		typeof (value as Refusal).parameter === 'string'
	);
}
