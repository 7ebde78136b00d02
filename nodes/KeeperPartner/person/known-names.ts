import type { PersonFields } from './person';

/**
 * Names by which lists commonly call a person's fields, in the form that `comparable` gives: student
 * information systems, LDAP, and spreadsheets in English, German, French and Spanish.
 */
export const KNOWN_NAMES: Record<keyof PersonFields, readonly string[]> = {
	email: [
		'email',
		'emailaddress',
		'emailadresse',
		'mail',
		'mailaddress',
		'mailadresse',
		'studentemail',
		'studentemailaddress',
		'studentmail',
		'schoolemail',
		'schoolemailaddress',
		'schoolmail',
		'universityemail',
		'campusemail',
		'workemail',
		'useremail',
		'primaryemail',
		'correo',
		'correoelectronico',
		'courriel',
	],
	firstName: [
		'firstname',
		'firstnames',
		'first',
		'givenname',
		'givennames',
		'forename',
		'forenames',
		'preferredname',
		'studentfirstname',
		'userfirstname',
		'vorname',
		'vornamen',
		'rufname',
		'prenom',
		'nombre',
	],
	lastName: [
		'lastname',
		'lastnames',
		'last',
		'surname',
		'surnames',
		'familyname',
		'familynames',
		'studentlastname',
		'userlastname',
		'sn',
		'nachname',
		'familienname',
		'nomdefamille',
		'apellido',
		'apellidos',
	],
	transactionId: ['transactionid', 'transaction', 'externalid', 'referenceid'],
};

/** A name without case, accents, spaces and signs: `First Name`, `first_name` and `firstName` are one. */
export function comparable(name: string): string {
	return name
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
}
