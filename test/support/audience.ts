/** Audiences as rows hold them, for tests that write rows themselves. */
import { audience, MEMBERS, wholeOf } from '../../src/people/audience/audience.ts';

/** Everybody of the detachment. */
export const EVERYBODY = JSON.stringify(wholeOf({ kind: 'detachment', id: null }, 'everyone'));
/** Everyone, and the Party members, of places that the statement adds. */
export const NOWHERE = JSON.stringify(audience({}));
export const MEMBERS_OF_NOWHERE = JSON.stringify(audience({ politics: MEMBERS }));
