const PARTS =
	/^P?(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/;
/** Hours need no T in front: nothing else is written with an H. */
const HOURS = /^P?(\d+H(?:\d+M)?(?:\d+S)?)$/;

/**
 * A period in the one form that every server reads: a number of seconds, or ISO 8601 in capitals with
 * its P. Weeks beside other parts, which servers do not read, become days.
 *
 * @returns undefined for anything else
 */
export function period(text: string): string | undefined {
	if (/^\d+$/.test(text)) return text;
	const capitals = text.toUpperCase();
	const hours = HOURS.exec(capitals)?.[1];
	if (hours !== undefined) return `PT${hours}`;
	const parts = PARTS.exec(capitals);
	if (!parts) return undefined;
	const [, years, months, weeks, days, time] = parts;
	if (parts.slice(1).every((part) => part === undefined)) return undefined;
	const isWeeksAlone = [years, months, days, time].every((part) => part === undefined);
	if (weeks !== undefined && isWeeksAlone) return `P${weeks}W`;
	const allDays =
		weeks === undefined && days === undefined
			? ''
			: `${Number(weeks ?? 0) * 7 + Number(days ?? 0)}D`;
	return `P${years ? `${years}Y` : ''}${months ? `${months}M` : ''}${allDays}${time ?? ''}`;
}
