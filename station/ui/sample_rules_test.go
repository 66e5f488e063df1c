package ui

import (
	"packbench/station"
	"packbench/station/screen"
)

// rulesInputs are rules of a shop, of which one is off, after a dry run.
func rulesInputs(theme screen.Theme) screen.RulesInputs {
	return screen.RulesInputs{
		Frame: deskFrame(station.Manager, theme), May: true, Chosen: 1,
		Kinds: []screen.ShopKind{
			{ID: "use", Name: "Use these services", Example: "the first rule whose services take the parcel"},
			{ID: "never", Name: "Never these services", Example: "they are left out"},
			{ID: "signature", Name: "With a signature", Example: "somebody must sign for it"},
		},
		Rules: []screen.ChoiceRule{
			{Name: "Islands by post", If: "to DE; postcodes 259, 26465", Then: "use demo-post"},
			{Name: "Dear goods", If: "worth at least 500.00", Then: "never post-small, with a signature"},
			{If: "with HONEY", Then: "prefer express-road unless dearer by more than 0.60", Off: true},
		},
		Came: screen.PastTried{Parcels: 412, Compared: 380, Changed: 23, Accounts: 32, Then: "1804.20 EUR", Now: "1811.75 EUR", Less: "7.55 EUR more", Rows: []string{
			"1003: post-small 3.10 EUR, then express-road 4.49 EUR", "1017-2: post-small 4.60 EUR, then express-road 4.49 EUR",
		}}.Said(speaks),
	}
}

func rulesPage(theme screen.Theme) screen.View { return screen.Rules(rulesInputs(theme)) }

// rulesForm is a rule that is being added, with what is wrong with it.
func rulesForm(theme screen.Theme) screen.View {
	in := rulesInputs(theme)
	in.Draft = &screen.ShopDraft{Kind: in.Kinds[1], Fresh: true, Fault: `Worth at least: "much" is not an amount such as "12.50"`}
	for _, f := range [][3]string{
		{"Services, carriers or accounts", "post-small", "demo-post, express-next"},
		{"Name", "Dear goods", "As reasons say it, such as Islands"},
		{"Countries", "", "DE, AT"},
		{"Postcodes begin with", "", "259, 26465"},
		{"Worth at least", "much", "500.00"},
		{"Worth at most", "", "999.99"},
		{"Weighs at least", "", "2 kg"},
		{"Weighs at most", "", "20 kg"},
		{"Products (SKU)", "", "BOOK-*, LAMP"},
		{"Tags of the order", "", "gift, b2b"},
		{"Service that was ordered", "", "Express*"},
		{"Shops", "", "web"},
		{"Dangerous goods", "", "yes or no; empty: both"},
	} {
		in.Draft.Fields = append(in.Draft.Fields, screen.Field{Key: screen.RuleSetting + f[0], Label: f[0], Value: f[1], Help: f[2]})
	}
	return screen.Rules(in)
}
