package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/station/hub/hubtest"

	"github.com/rogpeppe/go-internal/testscript"
)

// clockVar holds the time that the scripts' packctl takes for now.
const clockVar = "PACKCTL_TEST_CLOCK"

func TestMain(m *testing.M) {
	testscript.Main(tidy{m}, map[string]func(){"packctl": scripted, "tamper": tamper, "signed": signed})
}

// scripted is packctl with a clock that stands.
func scripted() {
	at, err := time.Parse(time.RFC3339, os.Getenv(clockVar))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
	e := env{in: os.Stdin, out: os.Stdout, err: os.Stderr, clock: func() time.Time { return at.In(time.Local) }}
	os.Exit(packctl(context.Background(), e, os.Args[1:]))
}

// tamper changes a database behind the program's back: tamper DATABASE SQL.
func tamper() {
	db, err := sql.Open("sqlite", os.Args[1]+"?_pragma=busy_timeout(30000)")
	if err == nil {
		_, err = db.Exec(os.Args[2])
	}
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// signed prints the trace code of a parcel, which a label holds as a QR code:
// signed SSCC ORDER.
func signed() {
	d, err := folder.Open(context.Background(), folder.Default(), folder.Options{})
	if err == nil {
		var code string
		code, err = d.Sign(os.Args[1], os.Args[2])
		fmt.Println(code)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// watchedScripts are those that a short run plays, which looks for races: many goroutines
// meet in run and in simulate. What the others start does one thing after another.
var watchedScripts = []string{"testdata/script/dock.txtar", "testdata/script/simulate.txtar", "testdata/script/undo.txtar"}

func TestScripts(t *testing.T) {
	params := testscript.Params{
		Dir:                 "testdata/script",
		Setup:               scriptEnv,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	}
	if testing.Short() {
		params.Dir, params.Files = "", watchedScripts
	}
	testscript.Run(t, params)
}

// TestHubScripts plays what several folders of one shop do. HUB is the address of a
// database that is their own.
func TestHubScripts(t *testing.T) {
	if testing.Short() {
		t.Skip("they are processes, one after another")
	}
	server := hubtest.New(t)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/hub",
		Setup: func(e *testscript.Env) error {
			_, address := server.Database(t)
			e.Setenv("HUB", address)
			return scriptEnv(e)
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}

// scriptEnv is what the environment of all scripts has.
func scriptEnv(e *testscript.Env) error {
	e.Setenv("TZ", "UTC")
	e.Setenv(clockVar, "2026-11-23T09:00:00Z") // a Monday
	e.Setenv("PACKBENCH_DATA", e.WorkDir+"/data")
	e.Setenv("TMPDIR", e.WorkDir)
	e.Setenv("GORACE", os.Getenv("GORACE"))
	return nil
}
