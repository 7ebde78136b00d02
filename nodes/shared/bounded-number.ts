/** A whole number within bounds; what is no number gives `otherwise`. */
export function bounded(value: unknown, least: number, most: number, otherwise: number): number {
	const number = Number(value ?? otherwise);
	return Number.isFinite(number) ? Math.min(Math.max(Math.floor(number), least), most) : otherwise;
}
