import { codeName } from '../wire/names.mts';
import { unprocessable } from './problems.mts';
import type { Problem } from './problems.mts';

/** Where an attribute and a relationship stand in a body. */
export const attribute = (name: string): string => `/data/attributes/${name}`;
export const relationship = (name: string): string => `/data/relationships/${name}`;

/** A linked resource that is not there. */
export function mustExist(name: string, pointer = relationship(name)): Problem {
	return unprocessable('must exist', `${codeName(name)}_NOT_FOUND`, pointer);
}

/** A value that another resource of the type has. */
export function taken(name: string, pointer = attribute(name), code = `${codeName(name)}_TAKEN`) {
	return unprocessable('has already been taken', code, pointer);
}

/** A linkage that is there already. */
export function attached(name: string): Problem {
	return unprocessable('already exists', `${codeName(name)}_TAKEN`, relationship(name));
}
