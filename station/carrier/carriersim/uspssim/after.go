package uspssim

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"packbench/station/carrier/carriersim"
)

// find is the newest label of a number or a key; the number of a refusal where there is
// none. Keys are known for seven days.
func (a *Account) find(r *http.Request) (*sold, string) {
	number, key := r.PathValue("number"), r.Header.Get("X-Idempotency-Key")
	for _, s := range slices.Backward(a.sold) {
		switch {
		case s.abroad != strings.HasPrefix(r.URL.Path, outbound): // the other interface
		case number != "" && s.Tracking == number:
			return s, ""
		case number == "" && s.key == key && !a.o.Now().Before(s.At.Add(a.o.Lag)) && a.o.Now().Sub(s.At) < 7*24*time.Hour:
			return s, ""
		}
	}
	if number != "" {
		return nil, "160378"
	}
	return nil, "160412"
}

func (s *sold) cancelled(a *Account) bool {
	l, _ := a.book.Label(func(l carriersim.Label) bool { return l.ID == s.ID })
	return l.Voided
}

// reprint prints a label again, three times and until the day of mailing.
func (a *Account) reprint(w http.ResponseWriter, r *http.Request) {
	var in struct{ ImageInfo imageIn }
	if !read(w, r, &in) {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	s, code := a.find(r)
	switch {
	case a.keyless(r):
		missing(w, r)
	case in.ImageInfo.wrong():
		fail(w, http.StatusBadRequest, "160001", "The imageInfo is not valid")
	case s == nil && code == "160412":
		fail(w, http.StatusBadRequest, code, "Idempotency-Key not found for a mailing date within the last 7 days")
	case s == nil:
		fail(w, http.StatusBadRequest, code, "Tracking number not found")
	case s.cancelled(a):
		fail(w, http.StatusBadRequest, "160979", "Canceled labels are unavailable for reprint")
	case s.reprints == 3:
		fail(w, http.StatusBadRequest, "160413", "The reprint limit of this label is reached")
	case a.o.Now().Format(time.DateOnly) > s.mailing:
		fail(w, http.StatusBadRequest, "160981", "Label is unavailable for reprint past its mailingDate of "+s.mailing)
	default:
		s.reprints++
		w.Header().Set("X-Idempotency-Key", s.key)
		info, _ := json.Marshal(object{"reprintNumber": s.reprints, "reprintLimit": 3})
		multi(w, http.StatusOK, a.metadata(s, s.Minor, nil), paper(s, in.ImageInfo), part{name: "reprintInfo", kind: "application/json", body: string(info)})
	}
}

// cancel takes a label back until half past midnight after the day of mailing; later, or
// on a SCAN form, it asks for the refund, once a day.
func (a *Account) cancel(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	s, _ := a.find(r)
	now := a.o.Now()
	today := now.Format(time.DateOnly)
	switch {
	case a.keyless(r):
		missing(w, r)
	case s == nil, s.cancelled(a) && s.disputed == "":
		fail(w, http.StatusBadRequest, "160377", "Label not found, or it cannot be canceled")
	case s.disputed == today:
		fail(w, http.StatusBadRequest, "160380", "A refund of the same label was requested on the same day")
	case a.book.Take(carriersim.NoRefund) != "":
		fail(w, http.StatusBadRequest, "160379", "The refund request was not submitted")
	case s.form != "" || today > s.mailing && now.Sub(now.Truncate(24*time.Hour)) > 30*time.Minute || a.book.Take(carriersim.LateRefund) != "":
		s.disputed = today
		a.book.Void(s.ID)
		answer(w, http.StatusOK, object{"trackingNumber": s.Tracking, "status": "DISPUTED", "disputeId": "98765"})
	default:
		a.book.Void(s.ID)
		answer(w, http.StatusOK, object{"trackingNumber": s.Tracking, "status": "CANCELED"})
	}
}

func (a *Account) scanForm(w http.ResponseWriter, r *http.Request) {
	var in struct {
		ImageInfo                                                       struct{ ImageType, LabelType string }
		MailingDate, EntryFacilityZIPCode, DestinationEntryFacilityType string
		OverwriteMailingDate                                            bool
		Shipment                                                        struct{ TrackingNumbers []string }
		FromAddress                                                     addressIn
	}
	if !read(w, r, &in) {
		return
	}
	if in.FromAddress.wrong() || !five.MatchString(in.EntryFacilityZIPCode) || in.DestinationEntryFacilityType != "NONE" || in.ImageInfo.LabelType != "8.5X11LABEL" {
		fail(w, http.StatusBadRequest, "160500", "The request of a SCAN form is not complete")
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	on := []string{}
	number := "9275090123456700" + strings.Repeat("0", 6)
	var first *sold
	for _, s := range a.sold {
		if !slices.Contains(in.Shipment.TrackingNumbers, s.Tracking) || s.cancelled(a) || s.form != "" || s.mailing != in.MailingDate && !in.OverwriteMailingDate {
			continue
		}
		s.form, first = number, s
		a.book.Close(s.ID)
		on = append(on, s.Tracking)
	}
	if first == nil {
		fail(w, http.StatusBadRequest, "160501", "No label is eligible for a SCAN form: it may be on one already")
		return
	}
	data, _ := carriersim.Paper(first.Label, "pdf", 203)
	info, _ := json.Marshal(object{"form": "5630", "manifestNumber": number, "trackingNumbers": on, "mailingDate": in.MailingDate})
	multi(w, http.StatusOK, part{name: "SCANFormMetaData", kind: "application/json", body: string(info)}, part{name: "SCANFormImage", kind: "application/pdf", body: base64.StdEncoding.EncodeToString(data)})
}

func (a *Account) track(w http.ResponseWriter, r *http.Request) {
	l, ok := a.book.Label(func(l carriersim.Label) bool { return l.Tracking == r.PathValue("number") })
	if !ok || r.URL.Query().Get("expand") != "DETAIL" {
		fail(w, http.StatusNotFound, "", "The tracking number is not found")
		return
	}
	answer(w, http.StatusOK, object{
		"trackingNumber": l.Tracking, "statusCategory": "Pre-Shipment", "status": "Shipping Label Created, USPS Awaiting Item",
		"trackingEvents": []object{{
			"eventType": "Shipping Label Created, USPS Awaiting Item", "eventCode": "GX", "GMTTimestamp": l.At.UTC().Format(time.RFC3339),
			"eventTimestamp": l.At.Format("2006-01-02T15:04:05"), "eventCity": "COLUMBUS", "eventState": "OH", "eventCountry": "",
		}},
	})
}

func (a *Account) address(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("streetAddress") == "" || len(q.Get("state")) != 2 || strings.Contains(q.Get("streetAddress"), "Nowhere") {
		fail(w, http.StatusNotFound, "", "Address Not Found")
		return
	}
	confirmed := "Y"
	if strings.Contains(q.Get("streetAddress"), "Tower") && q.Get("secondaryAddress") == "" {
		confirmed = "D"
	}
	answer(w, http.StatusOK, object{
		"firm": nil, "additionalInfo": object{"DPVConfirmation": confirmed, "business": "N", "vacant": "N"},
		"address": object{
			"streetAddress": strings.ToUpper(q.Get("streetAddress")), "secondaryAddress": strings.ToUpper(q.Get("secondaryAddress")), "city": strings.ToUpper(q.Get("city")),
			"state": q.Get("state"), "ZIPCode": q.Get("ZIPCode"), "ZIPPlus4": "1234",
		},
	})
}
