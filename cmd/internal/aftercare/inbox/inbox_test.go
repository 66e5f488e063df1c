package inbox_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"packbench/cmd/internal/aftercare/inbox"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/pack"
	"packbench/station/track"
)

// sent closes a parcel of a carrier.
func sent(t *testing.T, d *folder.Folder, station, order, carrier, number string) {
	w := foldertest.NewWriter(t, d, station)
	id, sscc := order+"-1", "0952000000000"+order
	w.Write(
		pack.EffectAsked{Effect: pack.Effect{ID: "e" + id, Kind: pack.EffectBuy, Order: order, Parcel: id}},
		pack.LabelKept{Parcel: id, Label: pack.Label{SSCC: sscc, Tracking: number, Document: "d" + id}},
		pack.ParcelDone{Parcel: id, Order: order, SSCC: sscc, Tracking: number, Carrier: carrier},
	)
}

// Whose a number is that two carriers have given is not guessed.
func TestANumberOfTwoCarriers(t *testing.T) {
	d := foldertest.Shop(t)
	sent(t, d, "S1", "50001", "usps", "N1")
	sent(t, d, "S2", "50002", "ups", "N1")
	sent(t, d, "S3", "50003", "ups", "N2")
	file := "tracking,time,state\nN1,2026-11-23T11:00:00Z,lost\nN2,2026-11-23T11:00:00Z,lost\n"
	came, err := inbox.File(t.Context(), d, strings.NewReader(file), "file")
	if err != nil || came.New != 1 || came.Strangers["N1"] != 1 || len(came.Strangers) != 1 {
		t.Errorf("%+v, %v", came, err)
	}
}

// A program that was killed before a webhook was put aside takes it in again, and nothing is
// there twice; what is no webhook stays where it is.
func TestTakenInAgain(t *testing.T) {
	d := foldertest.Shop(t)
	sent(t, d, "S1", "50001", "usps", "N1")
	if err := inbox.SecretOf(d, track.AfterShip, nil).Keep("s"); err != nil {
		t.Fatal(err)
	}
	dir := inbox.Dir(d, track.AfterShip)
	body := `{"event":"tracking_update","msg":{"tracking_number":"N1","checkpoints":[{"checkpoint_time":"2026-11-23T11:00:00Z","tag":"InTransit","subtag":"InTransit_007"}]}}`
	mac := hmac.New(sha256.New, []byte("s"))
	mac.Write([]byte(body))
	put := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("note.txt", "not a webhook")
	for i, want := range []inbox.Came{{Taken: 1}, {Taken: 1}} {
		put("1.json", body)
		put("1.headers", "Aftership-Hmac-Sha256: "+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
		came, err := inbox.Take(t.Context(), d, dir, track.AfterShip, nil)
		if err != nil || came.Taken != want.Taken || came.Refused != 0 || came.New != 1-i || came.Known != i {
			t.Errorf("time %d: %+v, %v", i, came, err)
		}
	}
	put("2.json", strings.Repeat(" ", 5<<20))
	put("2.headers", "Aftership-Hmac-Sha256: x")
	put("3.json", body)
	put("3.headers", "no header at all")
	if err := inbox.TakeAll(t.Context(), d, nil); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"2": "longer than 4 MB", "3": "headers cannot be read"} {
		why, err := os.ReadFile(filepath.Join(dir, "refused", name+".reason.txt"))
		if err != nil || !strings.Contains(string(why), want) {
			t.Errorf("%s: %q, %v", name, why, err)
		}
	}
	events, err := d.Store.TrackEvents(t.Context(), "50001-1")
	if _, left := os.Stat(filepath.Join(dir, "note.txt")); err != nil || left != nil || len(events) != 1 {
		t.Errorf("%v, %v, %v", events, err, left)
	}
}
