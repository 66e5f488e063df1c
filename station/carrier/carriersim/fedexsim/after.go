package fedexsim

import (
	"net/http"
	"strings"
	"time"

	"packbench/station/carrier/carriersim"
)

func (a *Account) cancel(w http.ResponseWriter, r *http.Request) {
	var in struct {
		AccountNumber                   struct{ Value string }
		TrackingNumber, DeletionControl string
	}
	if !read(w, r, &in) {
		return
	}
	l, ok := a.book.Label(func(l carriersim.Label) bool { return l.Tracking == in.TrackingNumber })
	switch {
	case in.AccountNumber.Value != number || in.DeletionControl != "DELETE_ALL_PACKAGES":
		fail(w, http.StatusBadRequest, "SHIPMENT.USER.UNAUTHORIZED", "Requested user is not authorized to perform the operation.")
	case !ok:
		fail(w, http.StatusBadRequest, "TRACKINGNUMBER.NOTFOUND", "The tracking number is not found")
	case l.Voided:
		fail(w, http.StatusBadRequest, "CANCELSHIPMENT.TRACKINGNUMBER.DELETED", "The shipment was already deleted")
	case a.book.Take(carriersim.NoRefund) != "": // FedEx has the parcel
		answer(w, http.StatusOK, object{"output": object{"cancelledShipment": false, "cancelledHistory": false, "message": "The shipment was tendered."}})
	default:
		a.book.Void(l.ID)
		answer(w, http.StatusOK, object{"output": object{"cancelledShipment": true, "cancelledHistory": true, "successMessage": "Success", "alerts": a.alerts()}})
	}
}

// find finds numbers by their reference, of ship dates that are over or today.
func (a *Account) find(w http.ResponseWriter, r *http.Request) {
	var in struct {
		ReferencesInformation struct{ Type, Value, AccountNumber, ShipDateBegin, ShipDateEnd string }
	}
	if !read(w, r, &in) {
		return
	}
	of := in.ReferencesInformation
	begin, err1 := time.Parse(time.DateOnly, of.ShipDateBegin)
	end, err2 := time.Parse(time.DateOnly, of.ShipDateEnd)
	switch {
	case of.Type != "CUSTOMER_REFERENCE" || of.Value == "" || of.AccountNumber != number:
		fail(w, http.StatusBadRequest, "TRACKING.REFERENCEVALUE.EMPTY", "Missing or invalid shipment.")
		return
	case err1 != nil || err2 != nil || end.Sub(begin) > 30*24*time.Hour || end.Before(begin):
		fail(w, http.StatusBadRequest, "TRACKING.SHIPDATERANGE.ERROR", "The range of ship dates is invalid")
		return
	case of.ShipDateEnd > a.o.Now().Format(time.DateOnly):
		fail(w, http.StatusBadRequest, "TRACKING.SHIPDATEEND.FUTURE", "Invalid ship date range. End date must not be in the future.")
		return
	}
	found := []object{}
	a.mu.Lock()
	for _, l := range a.book.Labels() {
		if day := a.days[l.Tracking]; l.Ref == of.Value && day >= of.ShipDateBegin && day <= of.ShipDateEnd && !a.o.Now().Before(l.At.Add(a.o.Lag)) {
			found = append(found, result(l))
		}
	}
	a.mu.Unlock()
	if len(found) == 0 {
		found = append(found, object{"trackingNumberInfo": object{"trackingNumber": ""}, "error": object{
			"code": "TRACKING.REFERENCENUMBER.NOTFOUND", "message": "Reference number cannot be found. Please correct the reference number and try again.",
		}})
	}
	answer(w, http.StatusOK, object{"output": object{"completeTrackResults": []object{{"trackingNumber": "", "trackResults": found}}, "alerts": "TRACKING.DATA.NOTFOUND -  Tracking data unavailable"}})
}

// result is a label as tracking shows it.
func result(l carriersim.Label) object {
	code, text := "OC", "Shipment information sent to FedEx"
	if l.Voided {
		code, text = "CA", "Shipment cancelled by sender"
	}
	return object{
		"trackingNumberInfo": object{"trackingNumber": l.Tracking, "carrierCode": "FDXG"},
		"latestStatusDetail": object{"code": code, "derivedCode": code, "statusByLocale": text},
		"dateAndTimes":       []object{{"type": "ESTIMATED_DELIVERY", "dateTime": l.At.AddDate(0, 0, 3).Format(time.RFC3339)}},
		"scanEvents": []object{{
			"date": l.At.Format(time.RFC3339), "eventType": code, "derivedStatusCode": code, "eventDescription": text, "scanLocation": object{"city": "COLUMBUS", "countryCode": "US"},
		}},
	}
}

func (a *Account) track(w http.ResponseWriter, r *http.Request) {
	var in struct {
		IncludeDetailedScans bool
		TrackingInfo         []struct {
			TrackingNumberInfo struct{ TrackingNumber string }
		}
	}
	if !read(w, r, &in) {
		return
	}
	if len(in.TrackingInfo) == 0 || len(in.TrackingInfo) > 30 {
		fail(w, http.StatusBadRequest, "TRACKING.TRACKINGNUMBER.EMPTY", "Please provide tracking number.")
		return
	}
	all := []object{}
	for _, t := range in.TrackingInfo {
		tracking := t.TrackingNumberInfo.TrackingNumber
		l, ok := a.book.Label(func(l carriersim.Label) bool { return l.Tracking == tracking })
		one := object{"trackingNumberInfo": object{"trackingNumber": tracking}, "error": object{"code": "TRACKING.TRACKINGNUMBER.NOTFOUND", "message": "Tracking number cannot be found."}}
		if ok {
			if one = result(l); !in.IncludeDetailedScans {
				delete(one, "scanEvents")
			}
		}
		all = append(all, object{"trackingNumber": tracking, "trackResults": []object{one}})
	}
	answer(w, http.StatusOK, object{"output": object{"completeTrackResults": all}})
}

// close ends the day for Ground, for all labels of the account.
func (a *Account) close(w http.ResponseWriter, r *http.Request) {
	var in struct {
		CloseReqType, GroundServiceCategory, CloseDate string
		AccountNumber                                  struct{ Value string }
		CloseDocumentSpecification                     struct {
			CloseDocumentTypes []string
			Op950Detail        struct{ Format struct{ ImageType string } }
		}
	}
	if !read(w, r, &in) {
		return
	}
	if in.CloseReqType != "GCDR" || in.GroundServiceCategory != "GROUND" || in.CloseDate == "" || in.CloseDocumentSpecification.Op950Detail.Format.ImageType != "PDF" || in.AccountNumber.Value != number {
		fail(w, http.StatusBadRequest, "AVAILABILITY.SHIP.DATE.INVALID", "Ship date is invalid.")
		return
	}
	var last *carriersim.Label
	for _, l := range a.book.Live() {
		if strings.Contains(l.Service, "GROUND") && !l.Closed {
			a.book.Close(l.ID)
			last = &l
		}
	}
	if last == nil {
		fail(w, http.StatusBadRequest, "GROUND.CLOSE.NOTHING", "There is no shipment to close")
		return
	}
	answer(w, http.StatusOK, object{"output": object{"closeDocuments": []object{{
		"type": "OP_950", "shippingCycle": "1003234523333204", "parts": []object{{"documentPartSequenceNumber": 1, "image": a.paper(*last, "pdf", 203)}},
	}}}})
}

func (a *Account) resolve(w http.ResponseWriter, r *http.Request) {
	var in struct {
		AddressesToValidate []struct {
			Address struct {
				StreetLines                                        []string
				City, StateOrProvinceCode, PostalCode, CountryCode string
			}
		}
	}
	if !read(w, r, &in) {
		return
	}
	if len(in.AddressesToValidate) != 1 || len(in.AddressesToValidate[0].Address.StreetLines) == 0 {
		fail(w, http.StatusBadRequest, "STANDARDIZED.ADDRESS.NOTFOUND", "Standardized address is not found.")
		return
	}
	of := in.AddressesToValidate[0].Address
	known := "true"
	if strings.Contains(of.StreetLines[0], "Nowhere") {
		known = "false"
	}
	for i := range of.StreetLines {
		of.StreetLines[i] = strings.ToUpper(of.StreetLines[i])
	}
	answer(w, http.StatusOK, object{"output": object{"resolvedAddresses": []object{{
		"streetLinesToken": of.StreetLines, "city": strings.ToUpper(of.City), "stateOrProvinceCode": of.StateOrProvinceCode, "postalCode": of.PostalCode + "-1234",
		"countryCode": of.CountryCode, "classification": "RESIDENTIAL", "attributes": object{"Resolved": known, "DPV": known, "Matched": known},
	}}}})
}
