package ui

import (
	"time"

	"packbench/station"
	"packbench/station/screen"
)

// hubInputs are three benches, one of which has been silent with what it holds.
func hubInputs(theme screen.Theme) screen.HubInputs {
	f := deskFrame(station.Manager, theme)
	held := func(orders ...string) (out []screen.HubClaim) {
		for i, o := range orders {
			out = append(out, screen.HubClaim{Order: o, Since: f.Now.Add(-time.Duration(5*i+3) * time.Minute)})
		}
		return out
	}
	return screen.HubInputs{
		Frame: f, Joined: true, Address: "postgres://packbench_6d0f21aa_S1@hub.lan/shop?sslmode=verify-full", Station: "S1", Heard: f.Now, Runner: "S1", May: true, MayRelease: true,
		Numbers: []screen.HubInHand{{Of: "SSCC", Left: 312}, {Of: "demo-post", Left: 187}},
		Benches: []screen.HubBench{
			{Station: "S1", Heard: f.Now, Claims: held("1042", "1043", "1044", "1047", "1049")},
			{Station: "S2", Heard: f.Now.Add(-2 * time.Hour), Behind: 0, Claims: held("1036", "1038", "1040"), Returns: []screen.HubClaim{{Order: "1017", Label: "00952000000000001234", Since: f.Now.Add(-50 * time.Minute)}}},
			{Station: "S3", Heard: f.Now, Claims: held("1051")},
			{Station: "S9", Heard: f.Now},
		},
	}
}

func hubPage(theme screen.Theme) screen.View { return screen.Hub(hubInputs(theme)) }

func hubAway(theme screen.Theme) screen.View {
	in := hubInputs(theme)
	in.Trouble, in.Behind, in.Heard = "the hub cannot be reached: connection refused", 214, in.Frame.Now.Add(-19*time.Minute)
	in.Fix = "It is tried again by itself, and this bench packs on with what it has claimed. If it lasts: is the computer of the database on, and its network plugged in?"
	in.Benches = nil
	return screen.Hub(in)
}

func hubBench(theme screen.Theme) screen.View {
	in := hubInputs(theme)
	in.Chosen = "S2"
	return screen.Hub(in)
}

func hubRelease(theme screen.Theme) screen.View {
	in := hubInputs(theme)
	in.Chosen, in.Release = "S2", "S2"
	return screen.Hub(in)
}

// hubReturn asks why a return is taken from a bench.
func hubReturn(theme screen.Theme) screen.View {
	in := hubInputs(theme)
	in.Chosen, in.Release, in.Order = "S2", "S2", "00952000000000001234"
	return screen.Hub(in)
}

// hubJoin is a hub that is joined, whose password is wrong.
func hubJoin(theme screen.Theme) screen.View {
	in := hubInputs(theme)
	in.Joined = false
	choice := []screen.Choice{{Value: "true", Words: "On"}, {Value: "false", Words: "Off"}}
	in.Draft = &screen.HubDraft{Fault: in.Frame.Lang.Sentence(in.Frame.Lang.Phrase("the hub does not accept the name or the password")), Fields: []screen.Field{
		{Key: screen.HubAddress, Label: "Address", Value: "postgres://owner@hub.lan/shop?sslmode=verify-full", Wide: true, Help: "Such as postgres://owner@hub.lan/shop?sslmode=verify-full"},
		{Key: screen.HubPassword, Label: "Password", Value: "x", Empty: "not entered", Help: "Typed once and kept nowhere"},
		{Key: screen.HubFile, Label: "Or a file with the password", Empty: "none", Help: "Its first line, and nobody else may read it"},
		{Key: screen.HubDesk, Label: "It is a desk", Value: "true", Choices: choice, Wide: true, Help: "It may release what others hold, and change people, shops and settings"},
		{Key: screen.HubReplace, Label: "In place of a lost folder", Value: "false", Choices: choice, Wide: true, Help: "The folder that worked as this bench is gone, or a backup was put back"},
	}}
	return screen.Hub(in)
}

func hubNone(theme screen.Theme) screen.View {
	in := hubInputs(theme)
	in.Joined = false
	return screen.Hub(in)
}
