import gifenc from 'gifenc';

const { GIFEncoder, quantize, applyPalette } = gifenc;

/** The last color of each frame stands for "as in the frame before". */
const UNCHANGED = 255;

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
	let before;
	for (const { rgba, milliseconds } of frames) {
		const palette = quantize(rgba, UNCHANGED, { format: 'rgb565' });
		const indexes = applyPalette(rgba, palette, 'rgb565');
		while (palette.length <= UNCHANGED) palette.push([0, 0, 0]);
		if (before) {
			const now = new Uint32Array(rgba.buffer, rgba.byteOffset, width * height);
			now.forEach((pixel, at) => pixel === before[at] && (indexes[at] = UNCHANGED));
		}
		gif.writeFrame(indexes, width, height, {
			palette,
			delay: milliseconds,
			transparent: before !== undefined,
			transparentIndex: UNCHANGED,
			dispose: 1,
		});
		before = new Uint32Array(rgba.buffer, rgba.byteOffset, width * height);
	}
	gif.finish();
	return gif.bytes();
}
