package pack

import "slices"

// A job is what the bench has in hand: an order, a van, a return, or nothing yet. Commands are given to it, and codes that mean goods, orders and
// parcels. It is one at a time: a van is loaded while no order is open.
type job interface {
	command(d *decision, c Command)
	scan(d *decision, m Meaning)
}

func (s State) job() job {
	switch {
	case s.Work != nil:
		return s.Work
	case s.Loading != nil:
		return s.Loading
	case s.Return != nil:
		return s.Return
	}
	return nothing{}
}

func (w *Work) command(d *decision, c Command) {
	switch c.Name {
	case "undo", "remove", "put-back", "swap", "short", "confirm", "count":
		d.changeContents(c)
	case "by-weight":
		d.cmdByWeight(c)
	case "piece-by-piece":
		d.cmdPieces()
	case "carton":
		d.cmdCarton(c)
	case "next-parcel":
		d.cmdNextParcel(c)
	case "weigh":
		d.cmdWeigh()
	case "typed-weight":
		d.typedWeight()
	case "worked-out":
		d.cmdWorkedOut()
	case "service":
		d.cmdService(c)
	case "park":
		d.cmdPark()
	case "cancel":
		d.cmdCancel(c)
	case "void":
		d.cmdVoid(c)
	case "reprint":
		d.cmdReprint(c)
	case "paper":
		d.cmdPaper(c)
	case "retry":
		d.cmdRetry()
	case "label-came-out":
		d.cmdCameOut()
	case "print-again":
		d.cmdPrintAgain()
	case "place":
		d.cmdPlace(c)
	case "label-none", "label-there":
		d.cmdLooked(c)
	case "next-order":
		d.cmdNextOrder(c)
	case "driver":
		d.notNow(ReasonNoQuestion)
	default: // handover, reopen
		d.notNow(ReasonOrderOpen)
	}
}

func (w *Work) scan(d *decision, m Meaning) {
	switch {
	case m.Kind == MeansMark && d.s.Asks() == "":
		d.partOfLabel(*m.Product)
	case m.Product != nil:
		d.product(*m.Product)
	case m.Carton != nil:
		d.carton(*m.Carton)
	case m.Kind == MeansQuantity:
		d.quantity(m.N)
	case m.Parcel != nil:
		d.parcel(*m.Parcel)
	case m.Kind == MeansPlace:
		d.cmdPlace(Command{Name: "place", Value: m.Place})
	case m.namesOrder() && slices.ContainsFunc(m.Orders, func(h OrderHint) bool { return h.ID == w.Order }):
		if w.Excess() > 0 {
			d.tooMuch()
			return
		}
		d.say(Info, CodeResumed)
	case m.namesOrder():
		d.say(Refused, CodeNotNow, withReason(ReasonOrderOpen), withOtherOrder(m.Orders[0].ID))
	default:
		d.notNow("")
	}
}

func (l *Loading) command(d *decision, c Command) {
	switch c.Name {
	case "undo", "remove":
		d.unload()
	case "cancel":
		d.cancelLoading(c)
	case "driver":
		d.cmdDriver(c)
	case "handover":
		if c.Value != "" && c.Value != l.Carrier && c.Value != l.Lane {
			d.busyLoading()
			return
		}
		d.askDriver(c)
	case "next-order", "reopen", "reprint", "paper", "return":
		d.busyLoading()
	default:
		d.withoutOrder(c)
	}
}

func (l *Loading) scan(d *decision, m Meaning) {
	switch {
	case m.Parcel != nil:
		d.load(*m.Parcel)
	case m.Kind == MeansOrder, m.Kind == MeansTote, m.Kind == MeansProduct:
		d.busyLoading()
	default:
		d.notNow(Reason(d.s.Phase))
	}
}

// nothing is the bench between two jobs: what is scanned or asked for begins one,
// or is about a parcel that is closed.
type nothing struct{}

func (nothing) command(d *decision, c Command) {
	switch c.Name {
	case "handover":
		d.cmdHandover(c)
	case "return":
		d.cmdReturn(c)
	case "next-order":
		d.cmdNextOrder(c)
	case "reopen":
		d.cmdReopen(c)
	case "reprint", "paper":
		d.closedCommand(c)
	case "undo":
		d.undoClosing()
	case "driver":
		d.notNow(ReasonNoQuestion)
	default:
		d.withoutOrder(c)
	}
}

func (nothing) scan(d *decision, m Meaning) {
	switch {
	case m.Product != nil:
		d.propose(*m.Product, m.Orders)
	case m.Parcel != nil && d.setAside(*m.Parcel):
	case m.Parcel != nil:
		d.closedParcel(*m.Parcel)
	case m.namesOrder() && len(m.Orders) > 1 && m.Kind == MeansOrder:
		d.offer(CodeOrderWhich, m.Orders, nil)
	case m.namesOrder() && len(m.Orders) > 1:
		d.offer(CodeOrderProposed, m.Orders, nil)
	case m.namesOrder():
		d.open(OpeningOf{Order: m.Orders[0].ID})
	default:
		d.notNow(Reason(d.s.Phase))
	}
}

func (m Meaning) namesOrder() bool {
	return (m.Kind == MeansOrder || m.Kind == MeansTote) && len(m.Orders) > 0
}

// withoutOrder answers a command about the open order where none is.
func (d *decision) withoutOrder(c Command) {
	switch c.Name {
	case "undo":
		d.say(Refused, CodeNothingToUndo)
	case "carton":
		d.cmdCarton(c)
	case "retry":
		d.retryLists()
	case "next-parcel":
		d.notNow(ReasonNextParcel)
	case "service":
		d.notNow(ReasonService)
	case "weigh", "typed-weight", "worked-out":
		d.notNow(ReasonWeigh)
	case "park", "cancel":
		d.notNow(ReasonNoOrder)
	case "blind", "grade", "disposition", "missing", "finish":
		d.notNow(ReasonNoReturn)
	case "void":
		d.notNow(ReasonNoLabel)
	case "label-came-out", "print-again", "label-none", "label-there", "place":
		d.notNow(ReasonNoQuestion)
	default: // what changes the contents
		d.notNow(Reason(d.s.Phase))
	}
}
