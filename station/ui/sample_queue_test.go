package ui

import (
	"fmt"
	"time"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/screen"
)

func queueInputs(part screen.QueuePart, theme screen.Theme) screen.QueueInputs {
	in := screen.QueueInputs{
		Frame: deskFrame(station.Packer, theme), Part: part, APage: 6, Free: true,
		Counts: map[screen.QueuePart]int{screen.QueueNext: 60, screen.QueueLate: 9, screen.QueueWaiting: 3, screen.QueueHeld: 2, screen.QueueShort: 2},
	}
	return in
}

func queueOrder(n int, to station.Address, units, minutes int) screen.QueuedOrder {
	return screen.QueuedOrder{ID: fmt.Sprint(n), Called: fmt.Sprint(n), To: to, Units: units, ShipBy: noon.Add(time.Duration(minutes) * time.Minute)}
}

var (
	graz   = station.Address{Name: "Sample Customer", Street: "Hauptplatz 1", City: "Graz", Postcode: "801", Country: "AT"}
	london = station.Address{Name: "Max Featherstonehaugh-Cholmondeley", Street: "1 Quay Street", City: "Newcastle upon Tyne", Postcode: "NE1 3DX", Country: "GB"}
	osaka  = station.Address{Name: "見本 太郎", Street: "北区 1-1", City: "大阪市", Postcode: "530-0001", Country: "JP"}
)

// queueNext is the second page of what comes next: three are late.
func queueNext(theme screen.Theme) screen.View {
	in := queueInputs(screen.QueueNext, theme)
	in.First = 6
	in.Orders = []screen.QueuedOrder{
		queueOrder(1042, graz, 4, -130), queueOrder(1043, london, 118, -25), queueOrder(1051, osaka, 1, -1), queueOrder(1044, graz, 2, 88), queueOrder(1058, station.Address{Country: "AT"}, 12, 88),
		queueOrder(1060, graz, 3, 60*26),
	}
	in.Orders[4].Called = "shop-north/1058"
	return screen.Queue(in)
}

func queueWaiting(theme screen.Theme) screen.View {
	in := queueInputs(screen.QueueWaiting, theme)
	in.Orders = []screen.QueuedOrder{queueOrder(1042, graz, 4, -130), queueOrder(1043, london, 118, 20), queueOrder(1051, osaka, 1, 88)}
	in.Orders[1].Bench, in.Orders[1].Parked, in.Orders[2].Bench = "S2", true, "S3"
	in.Here = map[string]*pack.Work{"1042": {Step: pack.Labelling}}
	return screen.Queue(in)
}

func queueHeld(theme screen.Theme) screen.View {
	in := queueInputs(screen.QueueHeld, theme)
	in.Orders = []screen.QueuedOrder{queueOrder(1042, graz, 4, -130), queueOrder(1043, london, 118, 20)}
	in.Orders[0].Reason = "The customer wants to change the address, and will write until Thursday where it is to go"
	for i := range in.Orders {
		in.Orders[i].Status = station.OrderHeld
	}
	return screen.Queue(in)
}

// queueShort is what was left out, before a supervisor who has put one order back.
func queueShort(theme screen.Theme) screen.View {
	in := queueInputs(screen.QueueShort, theme)
	in.Frame, in.May = deskFrame(station.Supervisor, theme), true
	in.Said = screen.Said{Of: screen.About("queue", "orders"), Text: "It is among the next orders again"}
	in.Orders = []screen.QueuedOrder{queueOrder(1042, graz, 4, -130), queueOrder(1043, london, 118, 20)}
	in.Orders[0].Short, in.Orders[1].Short = 1, 100
	return screen.Queue(in)
}

func queueNone(theme screen.Theme) screen.View {
	in := queueInputs(screen.QueueLate, theme)
	in.Counts, in.Text = nil, "featherstonehaugh"
	return screen.Queue(in)
}

// offered asks which of several orders is meant.
func offered(n int) func(screen.Theme) screen.View {
	return func(theme screen.Theme) screen.View {
		in := benchInputs(pack.Idle, theme)
		in.State.Question = &pack.Question{Code: pack.CodeOrderProposed, Item: &pack.Product{SKU: "MUG", Name: "Mug, white"}}
		in.Offered = map[string]screen.DueOrder{}
		for i, to := range []station.Address{graz, london, osaka, graz, london, osaka, graz, london, {}}[:n] {
			o := queueOrder(1042+i, to, 1+i*i*i*2, i*30-40)
			m := pack.Meaning{Kind: pack.MeansOrder, Orders: []pack.OrderHint{{ID: o.ID}}}
			in.State.Question.Choices = append(in.State.Question.Choices, pack.Choice{N: i + 1, Text: o.Called, Meaning: &m})
			in.Offered[o.ID] = screen.DueOrder{Called: o.Called, To: to, Units: o.Units, ShipBy: o.ShipBy}
		}
		return screen.Bench(in)
	}
}
