/** Who somebody is, as a turn sees them. */

/** A person of the detachment. `id` is the messenger's open_id; roles are those in force now. */
export type Person = {
  id: string;
  name: string;
  kind: 'officer' | 'auxiliary';
  politics: 'member' | 'probationary' | 'applicant' | 'none';
  unitId: string | null;
  branchId: string | null;
  roles: Role[];
};

/** A role in force. `scopeId` is the id of a unit, a branch or a pick-up point; null means the whole detachment. */
export type Role = { name: RoleName; scopeId: string | null };
export type RoleName =
  | 'administrator'
  | 'leader'
  | 'secretary'
  | 'discipline-commissioner'
  | 'committee-member'
  | 'keeper';
