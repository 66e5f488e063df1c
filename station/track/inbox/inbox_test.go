package inbox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"packbench/station/track"
)

func mac(key, text string) []byte {
	m := hmac.New(sha256.New, []byte(key))
	m.Write([]byte(text))
	return m.Sum(nil)
}

func header(pairs ...string) http.Header {
	h := http.Header{}
	for i := 0; i < len(pairs); i += 2 {
		h.Set(pairs[i], pairs[i+1])
	}
	return h
}

var came = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

const (
	shipped = `{"event":"tracking_update","event_id":"e-1","msg":{"tracking_number":"N1","tag":"Delivered","checkpoints":[
		{"checkpoint_time":"2026-11-21T08:00:00+01:00","message":"Picked  up","tag":"InTransit","subtag":"InTransit_002","city":"Köln","country_region":"DEU"},
		{"checkpoint_time":"2026-11-22T10:15:00","message":"With a neighbour","tag":"Delivered","subtag":"Delivered_005"},
		{"checkpoint_time":"2026-11-22","message":"?","tag":"Teleported","subtag":"Teleported_001"}]}}`
	posted = `{"description":"tracker.updated","result":{"object":"Tracker","tracking_code":"N1","weight":614.4,"tracking_details":[
		{"datetime":"2026-11-21T07:00:00Z","message":"Hôtel","status":"failure","status_detail":"lost","carrier_code":"X1","tracking_location":{"city":"ORLANDO","country":"US"}}]}}`
	relayed = `{"type":"tracking.updated","data":{"tracking":"N1","events":[{"at":"2026-11-21T07:00:00Z","state":"ready_for_pickup","until":"2026-11-30"}]}}`
)

func TestVerify(t *testing.T) {
	easy := func(secret, body string) string { return "hmac-sha256-hex=" + hex.EncodeToString(mac(secret, body)) }
	after := func(secret, body string) string {
		return base64.StdEncoding.EncodeToString(mac(secret, body))
	}
	const key = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" // of the specification
	raw, _ := base64.StdEncoding.DecodeString(key)
	std := func(at time.Time, body string) http.Header {
		unix := strconv.FormatInt(at.Unix(), 10)
		return header("Webhook-Id", "msg_1", "Webhook-Timestamp", unix, "Webhook-Signature",
			"v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v1,"+base64.StdEncoding.EncodeToString(mac(string(raw), "msg_1."+unix+"."+body))+" v2,x")
	}
	for name, tt := range map[string]struct {
		kind, secret string
		h            http.Header
		body         string
		want         error
	}{
		"aftership":                    {track.AfterShip, "s", header("aftership-hmac-sha256", after("s", shipped)), shipped, nil},
		"aftership, another secret":    {track.AfterShip, "s2", header("aftership-hmac-sha256", after("s", shipped)), shipped, ErrSignature},
		"aftership, not signed":        {track.AfterShip, "s", nil, shipped, ErrUnsigned},
		"aftership, no base64":         {track.AfterShip, "s", header("aftership-hmac-sha256", "%%%"), shipped, ErrSignature},
		"easypost":                     {track.EasyPost, "se\u0301cret", header("X-Hmac-Signature", easy("se\u0301cret", posted)), posted, nil},
		"easypost, accent in one":      {track.EasyPost, "s\u00e9cret", header("X-Hmac-Signature", easy("se\u0301cret", posted)), posted, nil},
		"easypost, written anew":       {track.EasyPost, "s", header("X-Hmac-Signature", easy("s", posted)), strings.Replace(posted, "614.4", "614.40", 1), ErrSignature},
		"standard":                     {Standard, "whsec_" + key, std(came, relayed), relayed, nil},
		"standard, old":                {Standard, "whsec_" + key, std(came.Add(-6*time.Minute), relayed), relayed, ErrOld},
		"standard, of the future":      {Standard, "whsec_" + key, std(came.Add(6*time.Minute), relayed), relayed, ErrOld},
		"standard, another body":       {Standard, "whsec_" + key, std(came, relayed), relayed + " ", ErrSignature},
		"standard, a header missing":   {Standard, "whsec_" + key, header("Webhook-Signature", "v1,x"), relayed, ErrUnsigned},
		"standard, part of one":        {Standard, "whsec_" + key, header("Webhook-Id", "1", "Webhook-Timestamp", "1614265330", "Webhook-Signature", "v1,"), relayed, ErrUnsigned},
		"standard, the secret is none": {Standard, "whsec_%", std(came, relayed), relayed, ErrSecret},
		"no secret":                    {track.AfterShip, "", header("aftership-hmac-sha256", after("", shipped)), shipped, ErrSecret},
	} {
		err := Verify(tt.kind, tt.secret, tt.h, []byte(tt.body), came)
		if tt.want == nil && err != nil || tt.want != nil && !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
	// The vector of the specification.
	vector := header("Webhook-Id", "msg_p5jXN8AQM9LWM0D4loKWxJek", "Webhook-Timestamp", "1614265330", "Webhook-Signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
	if err := Verify(Standard, "whsec_"+key, vector, []byte(`{"test": 2432232314}`), time.Unix(1614265330, 0)); err != nil {
		t.Error(err)
	}
}

func TestRead(t *testing.T) {
	berlin := time.FixedZone("Berlin", 3600)
	got, err := Read(track.AfterShip, []byte(shipped), berlin)
	if err != nil || len(got) != 3 || got[0].State != track.Accepted || got[0].Zone != track.Exact || got[0].Text != "Picked up" || got[0].Place != "Köln DEU" {
		t.Errorf("%+v, %v", got, err)
	}
	if got[1].Zone != track.Local || got[1].Evidence != track.Neighbour || got[1].At.UTC().Hour() != 9 || got[2].Zone != track.Day || got[2].State != track.Unknown || got[2].Code != "Teleported_001" {
		t.Errorf("%+v", got)
	}
	if got, err = Read(track.EasyPost, []byte(posted), berlin); err != nil || len(got) != 1 || got[0].State != track.Lost || got[0].Code != "X1" {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err = Read(Standard, []byte(relayed), berlin); err != nil || len(got) != 1 || got[0].State != track.ReadyForPickup || got[0].Until.Day() != 30 {
		t.Errorf("%+v, %v", got, err)
	}
	for name, body := range map[string]string{
		"HTML": "<!doctype html><html>", "nothing": "", "a list": "[]", "broken": `{"event":`, "a return": `{"event":"return.approved","data":{"id":"1"}}`,
	} {
		for _, kind := range Kinds() {
			if got, err := Read(kind, []byte(body), berlin); err == nil || strings.Contains(err.Error(), "return") && !errors.Is(err, ErrNothing) {
				t.Errorf("%s as %s: %v, %v", name, kind, got, err)
			}
		}
	}
}

func TestReadCSV(t *testing.T) {
	file := "\xef\xbb\xbfTracking number;Time;Status;Text;Provider;Code;Until\n" +
		"N1;2026-11-21 08:00;in transit;\"=1+1\";;;\n" +
		"N1;22.11.2026;waits for pick-up;;;;2026-11-30\n" +
		"N2;2026-11-22T10:00:00Z;DE;;fedex;DE;\n" +
		"N3;yesterday;lost;;;;\n" +
		";2026-11-22;lost;;;;\n" +
		"N4;2026-11-22;somewhere;;;;\n"
	var got []track.Event
	var rejected []Rejected
	err := ReadCSV(strings.NewReader(file), time.UTC, func(e []track.Event, r []Rejected) error {
		got, rejected = append(got, e...), append(rejected, r...)
		return nil
	})
	if err != nil || len(got) != 4 || len(rejected) != 2 || rejected[0] != (Rejected{5, "time", "it is no time such as 2026-11-23T14:05:00+01:00"}) || rejected[1].Column != "tracking" {
		t.Fatalf("%+v, %+v, %v", got, rejected, err)
	}
	for i, want := range []track.State{track.InTransit, track.ReadyForPickup, track.Exception, track.Unknown} {
		if got[i].State != want {
			t.Errorf("row %d: %s, want %s", i, got[i].State, want)
		}
	}
	for name, file := range map[string]string{
		"empty": "", "no time": "tracking,state\nN1,lost\n", "too long": "tracking,time,state\n" + strings.Repeat("N,2026-11-22,lost\n", mostRows),
		"broken at its end": "tracking,time,state\n" + strings.Repeat("N,2026-11-22,lost\n", 2*atOnce) + "\"N\n",
	} {
		if err := ReadCSV(strings.NewReader(file), time.UTC, func([]track.Event, []Rejected) error { return errors.New("something is taken") }); err == nil || strings.Contains(err.Error(), "taken") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A file is read in bunches: no more of it is in memory than that, however long it is.
func TestALongFileIsReadInBunches(t *testing.T) {
	const long = 200_000
	file := strings.NewReader("tracking,time,state,text\n" + strings.Repeat("N1,2026-11-22,lost,somewhere in the middle of it\n", long))
	n, most := 0, uint64(0)
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	err := ReadCSV(file, time.UTC, func(e []track.Event, _ []Rejected) error {
		if n += len(e); len(e) > atOnce {
			return errors.New("too many at once")
		}
		if n%(20*atOnce) == 0 {
			runtime.GC()
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc-min(before.HeapAlloc, now.HeapAlloc))
		}
		return nil
	})
	if err != nil || n != long || most > 20<<20 {
		t.Errorf("%d rows, %d MB in memory, %v", n, most>>20, err)
	}
}
