import { inputs, text } from '../fields';

/** What must be typed before much is lost. */
export const CONFIRMATION = inputs({
	confirmation: text('Confirmation', {
		placeholder: 'e.g. my-company',
		description:
			"The account's slug or ID, compared with the credential's account before anything is sent",
	}),
});
