package track

import "strings"

// Meaning is what a provider's code says.
type Meaning struct {
	State    State
	Evidence Evidence
	Clears   bool
}

// The providers whose codes are known.
const (
	AfterShip  = "aftership"
	EasyPost   = "easypost"
	ShipEngine = "shipengine"
	Shippo     = "shippo"
	Track17    = "17track"
	DHL        = "dhl"
	UPS        = "ups"
	FedEx      = "fedex"
	USPS       = "usps"
	File       = "file"
)

// Mean is what codes of a provider say, the most exact one that is known first: a detail
// before the word that it belongs to. What is not known is [Unknown], never a guess: codes
// of one carrier mean something else at another.
func Mean(provider string, codes ...string) Meaning {
	for _, c := range codes {
		if m, ok := meanings[provider][key(c)]; ok {
			return m
		}
	}
	return Meaning{State: Unknown}
}

// key makes a code alike however it is written.
func key(code string) string {
	return strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(strings.TrimSpace(code)))
}

// is is a meaning that is a state alone.
func is(s State) Meaning { return Meaning{State: s} }

// meanings are the codes of each provider, as it publishes them.
var meanings = map[string]map[string]Meaning{
	AfterShip: {
		"pending": is(Unknown), "inforeceived": is(Announced), "intransit": is(InTransit), "intransit_001": is(InTransit), "intransit_002": is(Accepted),
		"intransit_003": is(InTransit), "intransit_004": is(InTransit), "intransit_005": is(InTransit), "intransit_006": is(Customs), "intransit_007": is(InTransit),
		"intransit_008": {State: InTransit, Clears: true}, "intransit_009": is(AddressProblem), "outfordelivery": is(OutForDelivery),
		"availableforpickup": is(ReadyForPickup), "attemptfail": is(AttemptFailed), "attemptfail_001": is(AttemptFailed), "attemptfail_002": is(AttemptFailed),
		"attemptfail_003": is(AttemptFailed), "delivered": is(Delivered), "delivered_001": is(Delivered), "delivered_002": {State: Delivered, Evidence: Collected},
		"delivered_003": {State: Delivered, Evidence: Signed}, "delivered_004": {State: Delivered, Evidence: Paid}, "delivered_005": {State: Delivered, Evidence: Neighbour},
		"exception": is(Exception), "exception_001": is(Exception), "exception_002": is(AddressProblem), "exception_003": is(Refused), "exception_004": is(Held),
		"exception_005": is(Delayed), "exception_006": is(Held), "exception_007": is(AddressProblem), "exception_008": is(Returning), "exception_009": is(Exception),
		"exception_010": is(Returning), "exception_011": is(Returned), "exception_012": is(Damaged), "exception_013": is(Lost), "expired": is(Expired),
	},
	EasyPost: { // a detail of one word stands before its state
		"unknown": is(Unknown), "pre_transit": is(Announced), "in_transit": is(InTransit), "out_for_delivery": is(OutForDelivery), "delivered": is(Delivered),
		"available_for_pickup": is(ReadyForPickup), "return_to_sender": is(Returning), "failure": is(Exception), "cancelled": is(Cancelled),
		"error":           is(Unknown), // EasyPost's own trouble
		"detail:accepted": is(Accepted), "detail:damaged": is(Damaged), "detail:delayed": is(Delayed), "detail:weather_delay": is(Delayed), "detail:lost": is(Lost),
		"detail:missorted": is(Delayed), "detail:held": is(Held), "detail:address_correction": is(AddressProblem), "detail:expired": is(Expired),
	},
	ShipEngine: {
		"un": is(Unknown), "ny": is(Announced), "ac": is(Accepted), "it": is(InTransit), "at": is(AttemptFailed), "ex": is(Exception), "sp": is(ReadyForPickup),
		"de": is(Delivered), "detail:delivered_damaged": is(Damaged), "detail:delivered_in_part": is(Exception), "detail:pickup_failed": is(Exception),
	},
	Shippo: {
		"unknown": is(Unknown), "pre_transit": is(Announced), "transit": is(InTransit), "delivered": is(Delivered), "returned": is(Returning), "failure": is(Exception),
	},
	Track17: {
		"notfound": is(Unknown), "inforeceived": is(Announced), "intransit": is(InTransit), "intransit_pickedup": is(Accepted), "intransit_departure": is(InTransit),
		"intransit_arrival": is(InTransit), "intransit_customsprocessing": is(Customs), "intransit_customsreleased": is(InTransit),
		"intransit_customsrequiringinformation": is(Held), "intransit_other": is(InTransit), "outfordelivery": is(OutForDelivery), "outfordelivery_other": is(OutForDelivery),
		"availableforpickup": is(ReadyForPickup), "availableforpickup_other": is(ReadyForPickup), "deliveryfailure": is(AttemptFailed),
		"deliveryfailure_nobody": is(AttemptFailed), "deliveryfailure_rejected": is(Refused), "deliveryfailure_invalidaddress": is(AddressProblem),
		"deliveryfailure_security": is(AttemptFailed), "deliveryfailure_other": is(AttemptFailed), "delivered": is(Delivered), "delivered_other": is(Delivered),
		"exception": is(Exception), "exception_returning": is(Returning), "exception_returned": is(Returned), "exception_damage": is(Damaged), "exception_lost": is(Lost),
		"exception_destroyed": is(Lost), "exception_delayed": is(Delayed), "exception_cancel": is(Cancelled), "exception_rejected": is(Refused),
		"exception_other": is(Exception), "expired": is(Expired), "expired_other": is(Expired),
	},
	DHL: {
		"pre_transit": is(Announced), "transit": is(InTransit), "delivered": is(Delivered), "failure": is(Exception),
	},
	UPS: {
		"m": is(Announced), "p": is(Accepted), "i": is(InTransit), "o": is(OutForDelivery), "d": is(Delivered), "x": is(Exception), "rs": is(Returning),
		"w": is(ReadyForPickup), "mv": is(Cancelled),
	},
	FedEx: {
		"oc": is(Announced), "pu": is(Accepted), "it": is(InTransit), "ar": is(InTransit), "dp": is(InTransit), "od": is(OutForDelivery), "dl": is(Delivered),
		"de": is(Exception), "hl": is(ReadyForPickup), "ca": is(Cancelled), "rs": is(Returning), "se": is(Exception),
	},
	USPS: {
		"gx": is(Announced), "ma": is(Announced), "tm": is(Announced), "03": is(Accepted), "oa": is(Accepted), "sf": is(Accepted), "07": is(InTransit),
		"10": is(InTransit), "a1": is(InTransit), "l1": is(InTransit), "t1": is(InTransit), "nt": is(InTransit), "of": is(OutForDelivery), "01": is(Delivered),
		"14": is(ReadyForPickup), "16": is(ReadyForPickup), "02": is(AttemptFailed), "04": is(Refused), "05": is(Exception), "52": is(AttemptFailed), "09": is(Returning),
		"21": is(Returning), "29": is(Returning),
	},
	File: ownWords(),
}

// ownWords are the states themselves, as a shop writes them into a file.
func ownWords() map[string]Meaning {
	out := map[string]Meaning{}
	for _, s := range States() {
		out[string(s)] = is(s)
	}
	for word, s := range map[string]State{
		"not_scanned": Announced, "moving": InTransit, "waits_for_pick_up": ReadyForPickup, "available_for_pickup": ReadyForPickup, "held_by_customs": Held,
		"return_to_sender": Returning, "in_transit": InTransit, "transit": InTransit, "pre_transit": Announced, "canceled": Cancelled, "failed_attempt": AttemptFailed,
	} {
		out[word] = is(s)
	}
	return out
}
