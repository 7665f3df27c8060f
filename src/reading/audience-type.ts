/** Whom something is for, as a sentence says it. */

/** The whole detachment, or a unit or Party branch by its id. */
export type Place = { kind: 'detachment'; id: null } | { kind: 'unit' | 'branch'; id: string };

/** People by place, politics, kind and office, and single persons by id, less the exceptions. Empty lists do not narrow. */
export type Audience = {
  places: Place[];
  persons: string[];
  except: { places: Place[]; persons: string[] };
  /** 党员 is `member` and `probationary`. */
  politics: ('member' | 'probationary' | 'applicant' | 'none')[];
  /** 民警 is `officer`, 辅警 `auxiliary`; 民警辅警 is both, so it does not narrow. */
  kinds: ('officer' | 'auxiliary')[];
  /** 支委, 支部书记, 纪检委员, 各单位负责人. */
  offices: ('committee' | 'secretary' | 'discipline-commissioner' | 'head')[];
  /** Units with the units below them. */
  withBelow: boolean;
};
