package hub

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Hub is a connection to the hub. It may be used by several goroutines.
type Hub struct {
	pool statements
	line *pgx.ConnConfig // of a connection of its own
}

// statements are the connections of a Hub: a pool, before which a test puts a bad network.
type statements interface {
	Begin(ctx context.Context) (pgx.Tx, error)
	Exec(ctx context.Context, statement string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, query string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, query string, args ...any) pgx.Row
	Close()
}

// Open prepares to speak to the hub at an address, "postgres://user@host/database"; the
// password may stand in it, in the file that PGPASSFILE names, or be given. It does not
// speak yet: whether the hub is there shows with the first call. Over a network an
// address must ask for TLS.
func Open(address, password string) (*Hub, error) {
	c, err := pgxpool.ParseConfig(address)
	if err != nil || !strings.HasPrefix(address, "postgres://") && !strings.HasPrefix(address, "postgresql://") {
		return nil, &Trouble{Kind: BadAddress, Err: errors.New("the address of the hub should look like postgres://name@computer/database?sslmode=verify-full")}
	}
	if password != "" {
		c.ConnConfig.Password = password
	}
	if !private(c.ConnConfig) {
		return nil, &Trouble{Kind: Unsafe, Err: fmt.Errorf("the hub is on another computer (%s): add sslmode=verify-full to its address, so that orders and addresses cross the network encrypted", c.ConnConfig.Host)}
	}
	// A pooler may stand between, which gives each transaction another connection: so
	// nothing is prepared.
	c.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeExec
	c.ConnConfig.ConnectTimeout = connectWithin
	c.MaxConns, c.MinConns = 4, 0
	pool, err := pgxpool.NewWithConfig(context.Background(), c) // connects with the first call
	if err != nil {
		return nil, troubleOf(err)
	}
	return &Hub{pool: pool, line: c.ConnConfig}, nil
}

const (
	connectWithin = 5 * time.Second
	answerWithin  = 30 * time.Second
)

// Close ends all connections.
func (h *Hub) Close() { h.pool.Close() }

// near reports whether a host is a socket or this computer.
func near(host string) bool {
	if strings.HasPrefix(host, "/") || strings.HasPrefix(host, "@") || host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// private reports whether each way that may be tried stays on this computer or is
// encrypted.
func private(c *pgx.ConnConfig) bool {
	for _, f := range c.Fallbacks {
		if f.TLSConfig == nil && !near(f.Host) {
			return false
		}
	}
	return c.TLSConfig != nil || near(c.Host)
}

// roles are those that the logins of a hub belong to. They, and the logins, have a part of
// the hub's id in their names: a server may hold several hubs, and roles are the server's.
func roles(id string) (bench, desk string) {
	return "packbench_" + id[:8] + "_bench", "packbench_" + id[:8] + "_desk"
}

// within runs do in one transaction.
func (h *Hub) within(ctx context.Context, do func(tx pgx.Tx) error) error {
	ctx, done := context.WithTimeout(ctx, answerWithin)
	defer done()
	return troubleOf(pgx.BeginFunc(ctx, h.pool, do))
}

// ask runs a query for one row.
func (h *Hub) ask(ctx context.Context, query string, args []any, into ...any) error {
	ctx, done := context.WithTimeout(ctx, answerWithin)
	defer done()
	return troubleOf(h.pool.QueryRow(ctx, query, args...).Scan(into...))
}

// Kind is what is wrong with the hub, for who has to mend it.
type Kind string

// The kinds of trouble.
const (
	Away       Kind = "away"        // it cannot be reached, or does not answer
	BadAddress Kind = "bad-address" // what was given is no address
	Unsafe     Kind = "unsafe"      // the way to it is not encrypted
	BadLogin   Kind = "bad-login"   // it does not know the name, or the password is wrong
	NoDatabase Kind = "no-database"
	NoHub      Kind = "no-hub"    // the database holds none
	NoRights   Kind = "no-rights" // the login may not do this
	Full       Kind = "full"      // its disk
	OtherHub   Kind = "other-hub" // than the one that the folder belongs to
	NewerHub   Kind = "newer-hub" // than this program knows
	OlderHub   Kind = "older-hub"
	Copied     Kind = "copied"    // another folder writes for this station
	Taken      Kind = "taken"     // another folder writes a chain of this name
	Behind     Kind = "behind"    // it has more of this folder's journal than the folder
	BadChain   Kind = "bad-chain" // it did not take a row
)

// Trouble says what is wrong with the hub. Its words name no password.
type Trouble struct {
	Kind Kind
	Err  error
}

// Error says it in words for the person at the settings.
func (t *Trouble) Error() string {
	words := t.Kind.Words()
	switch {
	case words == "":
		return t.Err.Error()
	case t.Err == nil:
		return words
	}
	return words + ": " + t.Err.Error()
}

// Unwrap returns what was said by the hub or the network.
func (t *Trouble) Unwrap() error { return t.Err }

// KindOf returns the kind of a trouble, "" for an error that is none.
func KindOf(err error) Kind {
	var t *Trouble
	if errors.As(err, &t) {
		return t.Kind
	}
	return ""
}

// troubleOf puts an error of the driver into its kind; none is nil.
func troubleOf(err error) error {
	var known *Trouble
	if err == nil || errors.As(err, &known) {
		return err
	}
	var said *pgconn.PgError
	if !errors.As(err, &said) {
		return &Trouble{Kind: Away, Err: withoutAddress(err)}
	}
	kind := Away
	switch {
	case said.Code == "28P01", said.Code == "28000":
		kind = BadLogin
	case said.Code == "3D000":
		kind = NoDatabase
	case said.Code == "42P01", said.Code == "3F000":
		kind = NoHub
	case said.Code == "42883":
		kind = OlderHub
	case said.Code == "42501":
		kind = NoRights
	case said.Code == "53100":
		kind = Full
	case strings.HasPrefix(said.Code, "PB"):
		kind = BadChain
	}
	return &Trouble{Kind: kind, Err: errors.New(said.Message)}
}

// withoutAddress leaves out what the driver says of the connection, where a name stands.
func withoutAddress(err error) error {
	var c *pgconn.ConnectError
	if errors.As(err, &c) && c.Unwrap() != nil {
		return errors.New(strings.TrimPrefix(c.Unwrap().Error(), "dial error: "))
	}
	return err
}
