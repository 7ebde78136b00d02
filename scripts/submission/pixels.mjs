/**
 * Decodes a picture and scales it, which a browser can do.
 *
 * @param {import('playwright-core').Page} page any page of it
 * @param {string} png in Base64
 * @param {{ width: number, height: number }} size
 * @returns {Promise<Uint8Array>} four bytes a pixel
 */
export async function pixelsOf(page, png, { width, height }) {
	const base64 = await page.evaluate(decode, { png, width, height });
	return Uint8Array.from(Buffer.from(base64, 'base64'));
}

/** Runs in the browser. */
async function decode({ png, width, height }) {
	const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
	const image = await globalThis.createImageBitmap(new Blob([bytes], { type: 'image/png' }), {
		resizeWidth: width,
		resizeHeight: height,
		resizeQuality: 'high',
	});
	const context = new globalThis.OffscreenCanvas(width, height).getContext('2d');
	context.drawImage(image, 0, 0);
	const { data } = context.getImageData(0, 0, width, height);
	let text = '';
	for (let at = 0; at < data.length; at += 8_192)
		text += String.fromCharCode(...data.subarray(at, at + 8_192));
	return btoa(text);
}
