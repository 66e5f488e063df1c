package photos

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"strings"
	"testing"
)

// picture is a JPEG with a red left half, held as Exif says.
func picture(t *testing.T, w, h, held int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, color.RGBA{uint8(255 * (1 - 2*x/w)), 0, 0, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	tiff := []byte("MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	tiff = append(tiff, 0, byte(held), 0, 0, 0, 0, 0, 0)
	part := append([]byte("Exif\x00\x00"), tiff...)
	exif := append([]byte{0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(part)+2))...)
	return append(append(append([]byte{0xff, 0xd8}, exif...), part...), b.Bytes()[2:]...)
}

// A photo is kept small, upright and without what the camera wrote into it; the same one
// again is the same file, and one that was changed is not taken for it.
func TestAPhotoIsKeptSmallAndUpright(t *testing.T) {
	dir := t.TempDir()
	p, err := Keep(dir, bytes.NewReader(picture(t, 3200, 1600, 6)))
	if err != nil || p.Width != 800 || p.Height != 1600 || !Whole(dir, p.Hash) {
		t.Fatalf("%+v, %v", p, err)
	}
	data, err := os.ReadFile(Path(dir, p.Hash))
	if err != nil || bytes.Contains(data, []byte("Exif")) {
		t.Errorf("it holds what the camera wrote, %v", err)
	}
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	top, _, _, _ := img.At(400, 100).RGBA()
	low, _, _, _ := img.At(400, 1500).RGBA()
	if top < 0xc000 || low > 0x4000 { // its left half is up
		t.Errorf("it lies on its side: %x above, %x below", top, low)
	}
	again, err := Keep(dir, bytes.NewReader(picture(t, 3200, 1600, 6)))
	if err != nil || again != p {
		t.Errorf("again it is %+v, %v", again, err)
	}
	if err := os.WriteFile(Path(dir, p.Hash), []byte("other"), 0o600); err != nil {
		t.Fatal(err)
	}
	if Whole(dir, p.Hash) {
		t.Error("what was changed is taken for it")
	}
}

// endless is a photo that does not end.
type endless struct{ read int }

func (e *endless) Read(b []byte) (int, error) { e.read += len(b); return len(b), nil }

// A file that is no photo, or too large for one, is refused in words, and is not read whole.
func TestWhatIsNoPhotoIsRefused(t *testing.T) {
	e := &endless{}
	for name, r := range map[string]io.Reader{
		"larger than 25 MB": e, "no photo": strings.NewReader("%PDF-1.7"), "more than 60 million pixels": bytes.NewReader(huge(t)),
		"damaged": bytes.NewReader(picture(t, 400, 300, 1)[:900]),
	} {
		dir := t.TempDir()
		if _, err := Keep(dir, r); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
			t.Errorf("%s: it left %v, %v", name, left, err)
		}
	}
	if e.read > 40<<20 {
		t.Errorf("%d bytes were read", e.read)
	}
}

// huge is a small file that says that it is a large picture.
func huge(t *testing.T) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	data := b.Bytes()
	binary.BigEndian.PutUint32(data[16:], 100_000)
	binary.BigEndian.PutUint32(data[20:], 100_000)
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	return data
}
