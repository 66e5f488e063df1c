package upssim

import (
	"net/http"
	"slices"

	"packbench/station/carrier/carriersim"
)

// recover shows a label again, by its number or by the reference of who bought it.
func (a *Account) recover(w http.ResponseWriter, r *http.Request) {
	var in struct {
		LabelRecoveryRequest struct {
			TrackingNumber  string
			ReferenceValues struct {
				ReferenceNumber struct{ Value string }
				ShipperNumber   string
			}
			LabelSpecification specification
		}
	}
	if !read(w, r, &in) {
		return
	}
	of, label := in.LabelRecoveryRequest, in.LabelRecoveryRequest.LabelSpecification
	format := label.LabelImageFormat.Code
	switch {
	case !slices.Contains([]string{"GIF", "PDF", "ZPL", "EPL", "SPL"}, format):
		fail(w, http.StatusBadRequest, "9801003", "The label image format is invalid")
		return
	case format == "GIF" && label.LabelStockSize != nil, format == "PDF" && label.LabelStockSize != nil:
		fail(w, http.StatusBadRequest, "9801050", "Label Stock Size not allowed for specified Label Image Type")
		return
	}
	found, ok := a.book.Label(func(l carriersim.Label) bool {
		if of.TrackingNumber != "" {
			return l.Tracking == of.TrackingNumber
		}
		ref := of.ReferenceValues
		return ref.ShipperNumber == shipper && ref.ReferenceNumber.Value == l.Ref && l.Ref != "" && !a.o.Now().Before(l.At.Add(a.o.Lag))
	})
	switch {
	case !ok:
		fail(w, http.StatusBadRequest, "9801031", "The shipment for the requested tracking number or the combination of reference number plus shipper number "+
			"could not be found. Please check the submitted data or wait until the shipment is processed.")
		return
	case found.Voided:
		fail(w, http.StatusBadRequest, "9801040", "The shipment for which you are trying to recover a label or Receipt has been voided")
		return
	}
	body := object{
		"Response": object{"ResponseStatus": object{"Code": "1"}, "TransactionReference": ""}, "ShipmentIdentificationNumber": found.ID,
		"LabelResults": object{"TrackingNumber": found.Tracking, "LabelImage": object{"LabelImageFormat": label.LabelImageFormat, "GraphicImage": a.paper(found, format)}},
	}
	if found.To.Country != "US" {
		body["Form"] = a.invoice(found)
	}
	answer(w, http.StatusOK, object{"LabelRecoveryResponse": body})
}

// void takes a label back. It says the same of one that is too old, of one that was taken
// back before and of one that there never was.
func (a *Account) void(w http.ResponseWriter, r *http.Request) {
	found, ok := a.book.Label(func(l carriersim.Label) bool { return l.ID == r.PathValue("id") })
	if !ok || found.Voided || a.o.Now().After(found.At.AddDate(0, 0, 90)) || a.book.Take(carriersim.NoRefund) != "" {
		fail(w, http.StatusBadRequest, "190102", "No shipment found within the allowed void period")
		return
	}
	a.book.Void(found.ID)
	answer(w, http.StatusOK, object{"VoidShipmentResponse": object{
		"Response":      object{"ResponseStatus": object{"Code": "1", "Description": "Success"}, "TransactionReference": ""},
		"SummaryResult": object{"Status": object{"Code": "1", "Description": "Voided"}},
	}})
}

func (a *Account) track(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("transId") == "" || r.Header.Get("transactionSrc") == "" {
		fail(w, http.StatusBadRequest, "TW0001", "transId and transactionSrc are needed")
		return
	}
	found, ok := a.book.Label(func(l carriersim.Label) bool { return l.Tracking == r.PathValue("number") })
	if !ok {
		fail(w, http.StatusNotFound, "TW0003", "Tracking Information Not Found")
		return
	}
	at := found.At.UTC()
	status := object{"type": "M", "code": "MP", "description": "Shipper created a label, UPS has not received the package yet."}
	if found.Voided {
		status = object{"type": "MV", "code": "MV", "description": "Void information received"}
	}
	answer(w, http.StatusOK, object{"trackResponse": object{"shipment": []object{{"package": []object{{
		"trackingNumber": found.Tracking, "deliveryDate": []object{{"type": "SDD", "date": at.AddDate(0, 0, 3).Format(form)}},
		"activity": []object{{
			"location": object{"address": object{"countryCode": "US"}}, "status": status,
			"date": at.Format(form), "time": at.Format("150405"), "gmtDate": at.Format(form), "gmtTime": at.Format("15:04:05"), "gmtOffset": "+00:00",
		}},
	}}}}}})
}
