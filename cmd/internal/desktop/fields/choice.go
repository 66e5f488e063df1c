package fields

import (
	"packbench/station/config"
	"packbench/station/screen"
)

// choiceFields are how a carrier's service is chosen, and what takes over from it.
func choiceFields() []Setting {
	late := Setting{
		Key: "choice.late_cost", label: "A day late costs", help: "the shop, in its currency: counts when services are compared", text: true, empty: "as the rate cards say",
		value: func(s config.Settings) string { return s.Choice.LateCost }, kind: screen.FieldText, section: "Carriers",
	}
	return []Setting{
		late,
		{Key: "choice.lost_per_million", label: "Lost parcels", help: "of a million, where a service does not say it", value: func(s config.Settings) string { return number(s.Choice.LostPerMillion, true) }},
		{Key: "carriers.seconds", label: "Wait for prices", help: "seconds; an account that has not answered is left out", value: func(s config.Settings) string { return number(s.Carriers.Seconds, true) }, says: unit("s", "3 s")},
		{Key: "carriers.back_up_percent", label: "A back-up may cost more by", help: "percent; 0: none takes over from a carrier that is down", value: func(s config.Settings) string { return number(s.Carriers.BackUpPercent, true) }, says: unit("%", "None takes over")},
		{Key: "carriers.back_up_amount", label: "And by at most", help: "money, in the shop's currency", text: true, value: func(s config.Settings) string { return s.Carriers.BackUpAmount }, kind: screen.FieldText},
		{Key: "carriers.claims", label: "Claims are taken for", help: "days after a parcel left, by carrier, such as ups=60", empty: "not known", text: true, wide: true, value: func(s config.Settings) string { return s.Carriers.Claims }, kind: screen.FieldText},
	}
}
