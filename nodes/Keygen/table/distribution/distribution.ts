import type { Resource } from '../row';
import { arch } from './arch';
import { artifact } from './artifact';
import { channel } from './channel';
import { engine } from './engine';
import { packages } from './package';
import { platform } from './platform';
import { release } from './release';

/** What a build pipeline works with. The panel lists resources in this order: most used first. */
export const distribution: Readonly<Record<string, Resource>> = {
	release,
	artifact,
	package: packages,
	channel,
	platform,
	arch,
	engine,
};
