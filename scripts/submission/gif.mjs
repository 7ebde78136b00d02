import gifenc from 'gifenc';

const { GIFEncoder, quantize, nearestColorIndex } = gifenc;

/** The last color of each frame stands for "as in the frame before". */
const UNCHANGED = 255;
/** Every so many pixels one counts when the palette is chosen. */
const SAMPLED = 29;

/**
 * Encodes an animation. Pixels that did not change cost next to nothing.
 *
 * @param {Array<{ rgba: Uint8Array, milliseconds: number }>} frames with how long each is shown
 * @param {number} width
 * @param {number} height
 * @returns {Uint8Array} a GIF that repeats forever
 */
export function encodeGif(frames, width, height) {
	const gif = GIFEncoder();
	// One palette for all, and one choice per color: otherwise what did not change keeps another shade.
	const palette = quantize(sampleOf(frames), UNCHANGED, { format: 'rgb565' });
	while (palette.length <= UNCHANGED) palette.push([0, 0, 0]);
	const colors = palette.slice(0, UNCHANGED);
	const known = new Map();
	const indexOf = (pixel) => {
		const rgb = [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
		if (!known.has(pixel)) known.set(pixel, nearestColorIndex(colors, rgb));
		return known.get(pixel);
	};
	let before;
	for (const { rgba, milliseconds } of frames) {
		const now = pixelsOf(rgba);
		const indexes = Uint8Array.from(now, (pixel, at) =>
			pixel === before?.[at] ? UNCHANGED : indexOf(pixel),
		);
		gif.writeFrame(indexes, width, height, {
			palette: before ? undefined : palette,
			delay: milliseconds,
			transparent: before !== undefined,
			transparentIndex: UNCHANGED,
			dispose: 1,
		});
		before = now;
	}
	gif.finish();
	return gif.bytes();
}

/** Some of the pixels of all frames. */
function sampleOf(frames) {
	const sample = frames.flatMap(({ rgba }) => [
		...pixelsOf(rgba).filter((_, at) => at % SAMPLED === 0),
	]);
	return new Uint8Array(Uint32Array.from(sample).buffer);
}

/** @param {Uint8Array} rgba */
const pixelsOf = (rgba) =>
	new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.byteLength / Uint32Array.BYTES_PER_ELEMENT);
