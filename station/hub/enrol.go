package hub

import (
	"context"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"packbench/station/store"
)

// Enrol makes the login of a station, or gives it a new password where it is there, and
// returns both. It writes the chains that are named, the station's among them; of those
// that another login has the first is a Trouble, but for the one that it takes over: the
// station worked in another folder before, which told it. A desk may release what others
// hold. It needs the login that made the hub.
func (h *Hub) Enrol(ctx context.Context, station string, desk bool, takes string, chains ...string) (login, password string, err error) {
	if !plain(station) {
		return "", "", &Trouble{Kind: BadAddress, Err: fmt.Errorf("%q cannot be the name of a station at a hub: use letters, digits and hyphens", station)}
	}
	about, err := h.About(ctx)
	if err != nil {
		return "", "", err
	}
	b := make([]byte, 24)
	_, _ = rand.Read(b) // never fails
	login, password = "packbench_"+about.ID[:8]+"_"+station, hex.EncodeToString(b)
	bench, supervisor := roles(about.ID)
	err = h.within(ctx, func(tx pgx.Tx) error {
		var there bool
		if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $1)`, login).Scan(&there); err != nil {
			return err
		}
		name := pgx.Identifier{login}.Sanitize()
		do := "CREATE"
		if there {
			do = "ALTER"
		}
		// No parameter can stand in this statement. The verifier stands in place of the
		// password, because servers may log statements.
		verifier, err := verifierOf(password)
		if err == nil {
			_, err = tx.Exec(ctx, do+` ROLE `+name+` LOGIN PASSWORD '`+verifier+`'`)
		}
		if err != nil {
			return err
		}
		role := bench
		if desk {
			role = supervisor
		}
		if _, err := tx.Exec(ctx, `GRANT `+role+` TO `+name); err != nil {
			return err
		}
		for _, chain := range chains {
			if err := giveChain(ctx, tx, about, chain, login, chain == takes); err != nil {
				return err
			}
		}
		return nil
	})
	return login, password, err
}

// giveChain has a login write a chain. That of another one it takes over where it may: another
// folder told it that it worked in before.
func giveChain(ctx context.Context, tx pgx.Tx, about About, chain, login string, takes bool) error {
	var by string
	err := tx.QueryRow(ctx, `INSERT INTO packbench.writers AS w (writer, login) VALUES ($1, $2)
		ON CONFLICT (writer) DO UPDATE SET pass = CASE w.login WHEN excluded.login THEN '' ELSE w.pass END RETURNING login`, chain, login).Scan(&by)
	switch {
	case err != nil:
		return err
	case by == login:
		return bringsAgain(ctx, tx, about, chain)
	case !takes:
		return &Trouble{Kind: Taken, Err: fmt.Errorf("the hub has a journal of %s from another folder", chain)}
	}
	_, err = tx.Exec(ctx, `UPDATE packbench.writers SET login = $2, pass = '' WHERE writer = $1`, chain, login)
	return err
}

// heardWithin is how long a station that was heard counts as one that works.
const heardWithin = 5 * time.Minute

// Vacant looks whether a folder may join as a station. A name that differs from another in
// upper and lower case alone is a Trouble, because people take one for the other; and so is
// a station that was heard a moment ago and is not this folder, which would know its pass:
// the folder that works for it would be called a copy from then on.
func (h *Hub) Vacant(ctx context.Context, station string, m store.Membership) error {
	type other struct {
		Writer, Login, Pass string
		Heard               *time.Time
	}
	found, err := rowsOf(ctx, h, pgx.RowToStructByPos[other], `SELECT writer, login, pass, heard FROM packbench.writers WHERE lower(writer) = lower($1)`, station)
	if err != nil {
		return err
	}
	for _, o := range found {
		switch {
		case o.Writer != station:
			return &Trouble{Kind: Taken, Err: fmt.Errorf("the hub has a station %s: give this one another name than %s, which is too like it", o.Writer, station)}
		case !strings.HasSuffix(o.Login, "_"+station): // told by the folder that it worked in before
		case o.Heard == nil || time.Since(*o.Heard) > heardWithin || o.Pass != "" && (o.Pass == m.Pass || o.Pass == m.Next):
		default:
			return &Trouble{Kind: Taken, Err: fmt.Errorf("station %s works: the hub heard it %s ago. Give this folder another station; or, where its folder is lost or was put back from a backup, say --replace", station, time.Since(*o.Heard).Round(time.Second))}
		}
	}
	return nil
}

// Adopt gives a login a chain that no folder writes; one of another login is a Trouble.
func (h *Hub) Adopt(ctx context.Context, chain, login string) error {
	return h.within(ctx, func(tx pgx.Tx) error {
		var by string
		err := tx.QueryRow(ctx, `INSERT INTO packbench.writers AS w (writer, login) VALUES ($1, $2)
			ON CONFLICT (writer) DO UPDATE SET login = w.login RETURNING login`, chain, login).Scan(&by)
		if err == nil && by != login {
			err = &Trouble{Kind: Taken, Err: fmt.Errorf("the hub has a journal of %s from another folder", chain)}
		}
		return err
	})
}

// Jump passes over the numbers that this folder knows of, however many they are; and where
// the hub that gave them is lost over those that others may have been given by it and that
// nobody here knows of. It needs the login that made the hub.
func (h *Hub) Jump(ctx context.Context, folder Numbers, lost bool) error {
	known, err := folder.NumbersKnown(ctx)
	if err != nil {
		return err
	}
	return h.within(ctx, func(tx pgx.Tx) error {
		for name, last := range known {
			if lost {
				last += numbersLost
			}
			if _, err := tx.Exec(ctx, `INSERT INTO packbench.counters AS c (name, last) VALUES ($1, $2::bigint + packbench.beyond())
				ON CONFLICT (name) DO UPDATE SET last = $2 WHERE c.last < $2`, name, last); err != nil {
				return err
			}
		}
		return nil
	})
}

// verifierOf is what the server keeps of a password, by SCRAM-SHA-256 (RFC 5802 and 7677,
// as PostgreSQL writes it).
func verifierOf(password string) (string, error) {
	const rounds = 4096
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // never fails
	salted, err := pbkdf2.Key(sha256.New, password, salt, rounds, sha256.Size)
	if err != nil {
		return "", err
	}
	sign := func(with string) []byte {
		h := hmac.New(sha256.New, salted)
		h.Write([]byte(with))
		return h.Sum(nil)
	}
	stored := sha256.Sum256(sign("Client Key"))
	text := base64.StdEncoding.EncodeToString
	return fmt.Sprintf("SCRAM-SHA-256$%d:%s$%s:%s", rounds, text(salt), text(stored[:]), text(sign("Server Key"))), nil
}

func plain(station string) bool {
	for _, r := range station {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-') {
			return false
		}
	}
	return station != "" && len(station) <= 40
}
