package bench

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/devices/printer"
	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trouble"
	"packbench/station/unit"
)

// market is a carrier that takes money for each purchase, however often it is asked
// for the same one, and that behaves as badly as a test wants.
type market struct {
	effects.Carrier // whose numbers it sells
	mu              sync.Mutex
	sold            map[string]effects.Purchase // and not given back, by key
	charges, voids  int
	lost            bool          // it does what it is asked, and no answer arrives
	refuses         bool          // to take anything back
	at              string        // where it hangs until the program ends
	hangs           chan struct{} // told when it does
	slow            chan struct{} // what a purchase waits for, whether somebody listens or not
	asked           atomic.Bool   // a purchase waits for that
}

var errLost = errors.New("no answer")

// point is a moment at which the program may be killed.
func (m *market) point(ctx context.Context, name string) error {
	m.mu.Lock()
	here := m.at == name
	if here {
		m.at = ""
	}
	m.mu.Unlock()
	if here {
		m.hangs <- struct{}{}
		<-ctx.Done()
	}
	return ctx.Err()
}

func (m *market) answer() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.lost {
		return errLost
	}
	return nil
}

func (m *market) Quote(ctx context.Context, w effects.Wish) ([]carrier.Quote, error) {
	if err := m.point(ctx, "quote"); err != nil {
		return nil, err
	}
	return m.Carrier.Quote(ctx, w)
}

func (m *market) Buy(ctx context.Context, w effects.Wish) (effects.Purchase, error) {
	if err := m.point(ctx, "before buying"); err != nil {
		return effects.Purchase{}, err
	}
	if m.slow != nil {
		m.asked.Store(true)
		<-m.slow
	}
	m.mu.Lock()
	key := w.Key
	if _, twice := m.sold[key]; twice {
		w.Key += "-twice" // other numbers, and money once more
	}
	p, err := m.Carrier.Buy(context.WithoutCancel(ctx), w)
	if err == nil {
		m.sold[key] = p
		m.charges++
	}
	m.mu.Unlock()
	return p, errors.Join(err, m.point(ctx, "after buying"), m.answer())
}

func (m *market) Find(_ context.Context, w effects.Wish) (effects.Purchase, bool, error) {
	if err := m.answer(); err != nil {
		return effects.Purchase{}, false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	p, ok := m.sold[w.Key]
	return p, ok, nil
}

func (m *market) Void(ctx context.Context, w effects.Wish) error {
	if err := m.point(ctx, "before voiding"); err != nil {
		return err
	}
	m.mu.Lock()
	_, ok := m.sold[w.Key]
	switch {
	case m.refuses || !ok: // twice is refused too
		m.mu.Unlock()
		return &effects.Refusal{Trouble: trouble.New(trouble.Said, "it cannot be given back")}
	default:
		delete(m.sold, w.Key)
		m.voids++
	}
	m.mu.Unlock()
	return errors.Join(m.point(ctx, "after voiding"), m.answer())
}

func (m *market) set(change func(*market)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	change(m)
}

// buyer is a counter that buys of a market, and can be killed.
func buyer(t *testing.T, dir string, m *market) (*counter, func()) {
	c, stop := startCounterWith(t, dir, nil, StartOptions{
		Printer: &queue{state: printer.Printed},
		Carrier: func(own effects.Carrier) effects.Carrier { m.Carrier = own; return m },
	}, nil)
	if err := c.bench.Engine.Quiet(t.Context()); err != nil {
		t.Fatal(err)
	}
	return c, stop
}

func newMarket(t *testing.T) (string, *market) {
	dir := filepath.Join(t.TempDir(), "data")
	foldertest.Init(t, dir, true, folder.Options{})
	return dir, &market{sold: map[string]effects.Purchase{}, hangs: make(chan struct{}, 1)}
}

// packed packs order 1003 up to its weight.
func (c *counter) packed() {
	c.Helper()
	for _, code := range []string{"PB:badge:B-SUPERVISOR", "1003", "9520000000196"} {
		c.do(engine.Scan{Device: "test", Data: code})
	}
}

var weight = engine.Weight{Scale: pack.ScaleSteady, Mass: 740 * unit.Gram}

func command(name string, args ...string) engine.Press {
	c := pack.ReadCommand(name, args...)
	c.Sure = true
	return engine.Press{Command: c}
}

// paid checks the market's book: as many purchases and voids, and what is sold is the
// label on the bench.
func (c *counter) paid(m *market, charges, voids int) {
	c.Helper()
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.charges != charges || m.voids != voids {
		c.Errorf("%d purchases and %d voids, want %d and %d", m.charges, m.voids, charges, voids)
	}
	var label *pack.Label
	if w := c.bench.Engine.State().Work; w != nil {
		label = w.Parcel.Label
	}
	if len(m.sold) != charges-voids || (label != nil) != (len(m.sold) == 1) {
		c.Errorf("sold %v, the label is %+v", m.sold, label)
	}
	for _, p := range m.sold {
		if label != nil && (label.Tracking != p.Tracking || label.SSCC != p.SSCC) {
			c.Errorf("sold %+v, the label says %+v", p, label)
		}
	}
}

// A bench that is killed at any moment of buying, or of giving back, has bought once,
// and given back once, after its next start.
func TestBuyingIsKilledAtAnyPoint(t *testing.T) { // C5, F2
	for _, point := range []string{"quote", "before buying", "after buying"} {
		t.Run(point, func(t *testing.T) {
			dir, m := newMarket(t)
			c, kill := buyer(t, dir, m)
			c.packed()
			m.set(func(m *market) { m.at = point })
			c.bench.Engine.Post(weight)
			<-m.hangs
			kill()
			c, _ = buyer(t, dir, m)
			c.paid(m, 1, 0)
			if s := c.bench.Engine.State(); s.Phase != pack.Closing || len(s.Pending) != 0 || c.print() != pack.PrintPrinted {
				t.Errorf("%s, pending %v", s.Phase, s.Pending)
			}
		})
	}
	for _, point := range []string{"before voiding", "after voiding"} {
		t.Run(point, func(t *testing.T) {
			dir, m := newMarket(t)
			c, kill := buyer(t, dir, m)
			c.label()
			m.set(func(m *market) { m.at = point })
			c.bench.Engine.Post(command("void"))
			<-m.hangs
			kill()
			c, _ = buyer(t, dir, m)
			c.paid(m, 1, 1)
			c.do(command("service", "post-parcel"))
			c.paid(m, 2, 1)
			if s := c.bench.Engine.State(); len(s.Pending) != 0 || c.voidCases() != 0 {
				t.Errorf("pending %v, %d voids were refused", s.Pending, c.voidCases())
			}
		})
	}
}

// A purchase whose answer is lost is neither one that failed nor one to make again:
// a retry asks what became of it.
func TestALostAnswerIsAskedFor(t *testing.T) { // C5, C6
	dir, m := newMarket(t)
	c, kill := buyer(t, dir, m)
	c.packed()
	m.set(func(m *market) { m.lost = true })
	c.do(weight)
	for range 2 {
		if v := c.last(); v.Code != pack.CodeLabelWaiting || v.Trouble.Code != trouble.Said || c.bench.Engine.State().Work.Parcel.Purchase != pack.PurchaseUnknown {
			t.Errorf("%+v", v)
		}
		c.do(command("retry"))
	}
	kill()
	c, _ = buyer(t, dir, m)
	m.set(func(m *market) { m.lost = false })
	c.do(command("retry"))
	c.paid(m, 1, 0)
}

// What replaces a purchase that may have been made gives it back.
func TestALostAnswerIsGivenBack(t *testing.T) { // C5
	dir, m := newMarket(t)
	c, _ := buyer(t, dir, m)
	c.packed()
	m.set(func(m *market) { m.lost = true })
	c.do(weight)
	m.set(func(m *market) { m.lost = false })
	c.do(command("service", "post-parcel"))
	c.paid(m, 2, 1)
}

// A parcel that is opened again after it was closed is given back.
func TestAClosedParcelsPurchaseIsGivenBack(t *testing.T) { // Q12
	dir, m := newMarket(t)
	c, _ := buyer(t, dir, m)
	c.do(engine.Scan{Device: "test", Data: "00" + c.label().Label.SSCC})
	c.allowed("reopen", "1003-1")
	c.paid(m, 1, 1)
}

// A carrier that keeps its money is somebody's case.
func TestAVoidThatIsRefusedIsACase(t *testing.T) {
	dir, m := newMarket(t)
	m.refuses = true
	c, _ := buyer(t, dir, m)
	c.label()
	c.do(command("void"))
	if s := c.bench.Engine.State(); len(s.Pending) != 0 || s.Work.Parcel.Label != nil {
		t.Errorf("%+v", s.Pending)
	}
	if n := c.voidCases(); n != 1 {
		t.Errorf("%d cases", n)
	}
}

func (c *counter) voidCases() (n int) {
	c.Helper()
	if err := c.data.Store.CatchUp(c.Context()); err != nil {
		c.Fatal(err)
	}
	all, err := c.data.Store.Cases(c.Context(), store.CaseFilter{})
	if err != nil {
		c.Fatal(err)
	}
	for _, k := range all {
		if k.Kind == "void" && k.Order == "1003" && k.Reason == "said" {
			n++
		}
	}
	return n
}

// A carrier that answers late is waited for before what it did is given back.
func TestASlowPurchaseIsGivenBackWhenItIsMade(t *testing.T) { // C5
	dir, m := newMarket(t)
	m.slow = make(chan struct{})
	c, _ := buyer(t, dir, m)
	c.packed()
	c.bench.Engine.Post(weight)
	waitFor(t, "the purchase", m.asked.Load) // one that nobody was asked for yet is not made
	o, err := c.data.Store.Order(t.Context(), "1003")
	if err != nil {
		t.Fatal(err)
	}
	o.To.Street = "Anderer Weg 5"
	if _, err := c.data.Store.PutOrders(t.Context(), []station.Order{o}); err != nil {
		t.Fatal(err)
	}
	c.bench.Engine.Post(engine.Shop{Order: "1003"})
	waitFor(t, "the void", func() bool { return c.bench.Engine.State().Phase == pack.Weighing })
	c.paid(m, 0, 0)
	close(m.slow)
	if err := c.bench.Engine.Quiet(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.paid(m, 1, 1)
}
