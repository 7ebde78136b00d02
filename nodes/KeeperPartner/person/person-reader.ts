import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { fail, ok, type Result } from '../../shared/failure';
import { parameterReader, type ParameterReader } from '../../shared/parameters';
import {
	FieldFinder,
	notClear,
	notThere,
	withName,
	type GivenNames,
	type NamedValues,
} from './field-finder';
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
): (itemIndex: number) => Result<PersonFields, Refusal> {
	const readName =
		context.getNodeParameter('mappingMode', 0) === 'mapAutomatically'
			? automaticReader(context, items)
			: fieldByFieldReader(context, items);
	const readTransactionId = transactionIdReader(context, items, plan);
	return (itemIndex) => {
		const fields = readName(itemIndex);
		if (!fields.ok) return fields;
		const transactionId = readTransactionId(itemIndex, fields.value.email);
		return transactionId.ok
			? ok({ ...fields.value, transactionId: transactionId.value })
			: transactionId;
	};
}

function automaticReader(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): (itemIndex: number) => Result<NamedValues, Refusal> {
	const finder = new FieldFinder(context.getNodeParameter('fieldNames', 0, {}) as GivenNames);
	return (itemIndex) => finder.find(items[itemIndex].json);
}

function fieldByFieldReader(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): (itemIndex: number) => Result<NamedValues, Refusal> {
	const read = (name: string, parameter: string) =>
		readable(parameterReader(context, items, name), parameter);
	const readers = {
		email: read('email', 'Email'),
		firstName: read('firstName', 'First Name'),
		lastName: read('lastName', 'Last Name'),
	};
	return (itemIndex) => {
		const email = readers.email(itemIndex);
		if (!email.ok) return email;
		const firstName = readers.firstName(itemIndex);
		if (!firstName.ok) return firstName;
		const lastName = readers.lastName(itemIndex);
		if (!lastName.ok) return lastName;
		return ok({ email: email.value, firstName: firstName.value, lastName: lastName.value });
	};
}

function transactionIdReader(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	plan: string,
): (itemIndex: number, email: unknown) => Result<unknown, Refusal> {
	switch (context.getNodeParameter('transactionIdSource', 0) as TransactionIdSource) {
		case 'value':
			return readable(parameterReader(context, items, 'transactionId'), 'Transaction ID Value');
		case 'field': {
			const name = String(context.getNodeParameter('transactionIdField', 0, ''));
			const prefix = String(context.getNodeParameter('transactionIdPrefix', 0, ''));
			return (itemIndex) => {
				const { json } = items[itemIndex];
				const keys = withName(Object.keys(json), name);
				if (keys.length === 0) return fail(notThere('transactionId', name, Object.keys(json)));
				if (keys.length > 1) return fail(notClear('transactionId', keys));
				const value = json[keys[0]];
				const text = typeof value === 'number' ? String(value) : value;
				return ok(typeof text === 'string' && text.trim() !== '' ? prefix + text.trim() : text);
			};
		}
		case 'emailAndPlan':
			return (_, email) => ok(transactionIdOf(email, plan));
	}
}

/** A reader of a parameter whose expression may fail: for that item alone. */
function readable(
	read: ParameterReader,
	parameter: string,
): (itemIndex: number) => Result<unknown, Refusal> {
	return (itemIndex) => {
		try {
			return ok(read(itemIndex));
		} catch (error) {
			const why = error instanceof Error ? error.message : String(error);
			return fail({
				code: 'invalid_input',
				message: `'${parameter}': the expression cannot be evaluated: ${why}`,
				description: 'Correct the expression, or the field that it reads, for this item.',
			});
		}
	};
}
