; The installer: for one person without an administrator, or for all with one.
;   setup.exe /S                 silent, for one person
;   setup.exe /S /AllUsers       silent, for all
;   uninstall.exe /S             silent; data folders stay
Unicode true
Target amd64-unicode ; what a 64-bit system needs no other to run
ManifestDPIAware true
SetCompressor /SOLID lzma
SetCompressorDictSize 128 ; both programs hold the same fonts, which are kept once
Name "Packbench"
OutFile "${OUT}"
VIProductVersion "{{.Dotted}}"
VIAddVersionKey ProductName "Packbench"
VIAddVersionKey FileDescription "Packbench setup"
VIAddVersionKey FileVersion "{{.Version}}"
VIAddVersionKey ProductVersion "{{.Version}}"
VIAddVersionKey LegalCopyright "MIT License"

!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_DEFAULT_CURRENTUSER
!define MULTIUSER_INSTALLMODE_INSTDIR "Packbench"
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "Software\Packbench"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "Folder"
!include MultiUser.nsh
!include MUI2.nsh
!include FileFunc.nsh
!include x64.nsh

!define MUI_ICON "packbench.ico"
!define MUI_UNICON "packbench.ico"
!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Packbench"
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\packbench.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English
!insertmacro MUI_LANGUAGE German
!insertmacro MUI_LANGUAGE French
!insertmacro MUI_LANGUAGE Spanish
!insertmacro MUI_LANGUAGE Italian
!insertmacro MUI_LANGUAGE Dutch
!insertmacro MUI_LANGUAGE Polish
!insertmacro MUI_LANGUAGE Czech
!insertmacro MUI_LANGUAGE Ukrainian
!insertmacro MUI_LANGUAGE Turkish
!insertmacro MUI_LANGUAGE Japanese
!insertmacro MUI_LANGUAGE SimpChinese
!insertmacro MUI_LANGUAGE Arabic

LangString OLD 1033 "Packbench needs Windows 10 or newer, 64 bits."
LangString OLD 1031 "Packbench braucht Windows 10 oder neuer, 64 Bit."
LangString OLD 1036 "Packbench demande Windows 10 ou plus récent, 64 bits."
LangString OLD 1034 "Packbench necesita Windows 10 o posterior, de 64 bits."
LangString OLD 1040 "Packbench richiede Windows 10 o successivo, a 64 bit."
LangString OLD 1043 "Packbench heeft Windows 10 of nieuwer nodig, 64 bits."
LangString OLD 1045 "Packbench wymaga systemu Windows 10 lub nowszego, 64-bitowego."
LangString OLD 1029 "Packbench potřebuje Windows 10 nebo novější, 64bitový."
LangString OLD 1058 "Для Packbench потрібна 64-розрядна Windows 10 або новіша."
LangString OLD 1055 "Packbench için 64 bit Windows 10 veya daha yenisi gerekir."
LangString OLD 1041 "Packbench には 64 ビットの Windows 10 以降が必要です。"
LangString OLD 2052 "Packbench 需要 64 位的 Windows 10 或更新版本。"
LangString OLD 1025 "يحتاج Packbench إلى Windows 10 أو أحدث بنظام 64 بت."
LangString WORKS 1033 "Packbench is open. Close it on this computer, then try again."
LangString WORKS 1031 "Packbench ist geöffnet. Schließen Sie es auf diesem Computer und versuchen Sie es dann noch einmal."
LangString WORKS 1036 "Packbench est ouvert. Fermez-le sur cet ordinateur, puis réessayez."
LangString WORKS 1034 "Packbench está abierto. Ciérrelo en este equipo y vuelva a intentarlo."
LangString WORKS 1040 "Packbench è aperto. Chiuderlo su questo computer e riprovare."
LangString WORKS 1043 "Packbench is geopend. Sluit het op deze computer en probeer het dan opnieuw."
LangString WORKS 1045 "Packbench jest otwarty. Zamknij go na tym komputerze i spróbuj ponownie."
LangString WORKS 1029 "Packbench je otevřený. Zavřete jej na tomto počítači a zkuste to znovu."
LangString WORKS 1058 "Packbench відкрито. Закрийте його на цьому комп’ютері й спробуйте ще раз."
LangString WORKS 1055 "Packbench açık. Bu bilgisayarda kapatın, sonra yeniden deneyin."
LangString WORKS 1041 "Packbench が開いています。このコンピューターで閉じてから、もう一度お試しください。"
LangString WORKS 2052 "Packbench 正在运行。请在这台电脑上关闭它，然后重试。"
LangString WORKS 1025 "البرنامج Packbench مفتوح. أغلقه على هذا الحاسوب ثم حاول مرة أخرى."

Function .onInit
  !insertmacro MULTIUSER_INIT
  ${IfNot} ${RunningX64}
    MessageBox MB_ICONSTOP|MB_OK "$(OLD)" /SD IDOK
    SetErrorLevel 3
    Abort
  ${EndIf}
FunctionEnd

Function un.onInit
  !insertmacro MULTIUSER_UNINIT
FunctionEnd

; A program that runs cannot be written over: then nothing was changed.
!macro CLOSED
  ${If} ${FileExists} "$INSTDIR\packbench.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\packbench.exe" a
    ${If} ${Errors}
      MessageBox MB_ICONSTOP|MB_OK "$(WORKS)" /SD IDOK
      SetErrorLevel 4
      Abort
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

Section "Packbench"
  SetShellVarContext current
  ${If} $MultiUser.InstallMode == "AllUsers"
    SetShellVarContext all
  ${EndIf}
  !insertmacro CLOSED
  ; What was here goes on to be there, so that one can go back.
  ${If} ${FileExists} "$INSTDIR\packbench.exe"
    RMDir /r "$INSTDIR\previous"
    CreateDirectory "$INSTDIR\previous"
    CopyFiles /SILENT "$INSTDIR\packbench.exe" "$INSTDIR\previous"
    CopyFiles /SILENT "$INSTDIR\packctl.exe" "$INSTDIR\previous"
  ${EndIf}
  ; The new programs are whole before they take the place of the old ones.
  SetOutPath "$INSTDIR\new"
  ClearErrors
  File "packbench.exe"
  File "packctl.exe"
  ${If} ${Errors}
    SetErrorLevel 5
    Abort
  ${EndIf}
  SetOutPath "$INSTDIR"
  File "/oname=LICENSE.txt" "${LICENCE}"
  Delete "$INSTDIR\packbench.exe"
  Rename "$INSTDIR\new\packbench.exe" "$INSTDIR\packbench.exe"
  Delete "$INSTDIR\packctl.exe"
  Rename "$INSTDIR\new\packctl.exe" "$INSTDIR\packctl.exe"
  RMDir /r "$INSTDIR\new"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Packbench.lnk" "$INSTDIR\packbench.exe"
  ${If} ${FileExists} "$INSTDIR\previous\packbench.exe"
    CreateShortcut "$SMPROGRAMS\Packbench (previous version).lnk" "$INSTDIR\previous\packbench.exe"
  ${EndIf}
  WriteRegStr SHCTX "Software\Packbench" "Folder" "$INSTDIR"
  WriteRegStr SHCTX "${ENTRY}" "DisplayName" "Packbench"
  WriteRegStr SHCTX "${ENTRY}" "DisplayVersion" "{{.Version}}"
  WriteRegStr SHCTX "${ENTRY}" "DisplayIcon" "$INSTDIR\packbench.exe"
  WriteRegStr SHCTX "${ENTRY}" "Publisher" "The packbench authors"
  WriteRegStr SHCTX "${ENTRY}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${ENTRY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
  WriteRegDWORD SHCTX "${ENTRY}" "NoModify" 1
  WriteRegDWORD SHCTX "${ENTRY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD SHCTX "${ENTRY}" "EstimatedSize" $0
SectionEnd

; The shop's data folder lies elsewhere and stays.
Section "Uninstall"
  SetShellVarContext current
  ${If} $MultiUser.InstallMode == "AllUsers"
    SetShellVarContext all
  ${EndIf}
  !insertmacro CLOSED
  Delete "$INSTDIR\packbench.exe"
  Delete "$INSTDIR\packctl.exe"
  Delete "$INSTDIR\LICENSE.txt"
  RMDir /r "$INSTDIR\previous"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Packbench.lnk"
  Delete "$SMPROGRAMS\Packbench (previous version).lnk"
  DeleteRegKey SHCTX "${ENTRY}"
  DeleteRegKey SHCTX "Software\Packbench"
SectionEnd
