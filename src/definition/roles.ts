import type { Text } from '../text.ts';

/** Holds every role of every process, within its tenant. */
export const ADMIN = 'admin';

/** The role that nobody declares: whoever owns an instance holds it there. */
export const INSTANCE_OWNER = 'instance-owner';

export const instanceOwnerTitle: Text = { zh: '实例负责人', en: 'Owner of the instance' };
