; 客诉管家的安装程序：只为当前用户安装，不需要管理员。源文件是 UTF-8。
;
;   makensis -DVERSION=0.1.0 -DSOURCE=..\..\dist\crm-desktop -DOUT=crm-desktop-setup.exe packaging/windows/installer.nsi
;
; tools/make_installer.py hands over the version that stands in crm_desktop/__init__.py. Installing over an older version
; replaces the program only; the data folder (%PROGRAMDATA%\crm_desktop\data, or wherever the first start was told) is
; never touched, neither then nor by removing: the program itself brings older data up to date at its first start, with a
; copy made before.

Unicode true
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestSupportedOS all
ManifestDPIAware true

!ifndef VERSION
  !error "VERSION is missing: run tools/make_installer.py"
!endif
!define NAME "客诉管家"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\crm-desktop"

Name "${NAME}"
OutFile "${OUT}"
BrandingText "${NAME} ${VERSION}"
InstallDir "$LOCALAPPDATA\Programs\crm-desktop"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
Icon "${__FILEDIR__}/../icon/crm-desktop.ico"
UninstallIcon "${__FILEDIR__}/../icon/crm-desktop.ico"

VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME} 安装程序"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT License"

!include "MUI2.nsh"
!include "WinVer.nsh"
!include "x64.nsh"
!include "LogicLib.nsh"
!include "FileFunc.nsh"

!define MUI_ICON "${__FILEDIR__}/../icon/crm-desktop.ico"
!define MUI_UNICON "${__FILEDIR__}/../icon/crm-desktop.ico"
!define MUI_WELCOMEPAGE_TEXT "即将安装${NAME} ${VERSION}。$\r$\n$\r$\n已装有旧版时直接升级，客户、抱怨单和备份都保留；升级后第一次打开时，程序先备份再整理数据。$\r$\n$\r$\n请先关闭正在运行的${NAME}。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\crm-desktop.exe"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开${NAME}"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "将从这台电脑上移除${NAME}。客户、抱怨单和备份留在数据文件夹里，重新安装后接着用。"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; 程序开着时它的文件写不了（改名倒是可以，所以不能拿改名来试）：打开来写，写不了就请人先关闭，再试一次。
!macro AskToClose program
  ${DoWhile} ${FileExists} "$INSTDIR\${program}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${program}" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    ${If} ${Cmd} `MessageBox MB_ICONEXCLAMATION|MB_RETRYCANCEL "${NAME}正开着（${program}）。请先保存并关闭它，再按“重试”。" /SD IDCANCEL IDCANCEL`
      SetErrorLevel 5
      Abort
    ${EndIf}
  ${Loop}
!macroend

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_ICONSTOP|MB_OK "${NAME}需要 Windows 10 或更高版本，这台电脑的系统太旧，请换一台电脑安装。" /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
  ${IfNot} ${RunningX64}
    MessageBox MB_ICONSTOP|MB_OK "${NAME}需要 64 位的 Windows，请换一台电脑安装。" /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
FunctionEnd

Section "${NAME}"
  !insertmacro AskToClose "crm-desktop.exe"
  !insertmacro AskToClose "crm-desktop-cli.exe"
  ; 旧版本的部件先清掉，免得新旧混在一起；这里只有程序，没有数据。
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\crm-desktop.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}使用手册.lnk" "$INSTDIR\使用手册.pdf"
  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\crm-desktop.exe"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
SectionEnd

Section "Uninstall"
  !insertmacro AskToClose "crm-desktop.exe"
  !insertmacro AskToClose "crm-desktop-cli.exe"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\crm-desktop.exe"
  Delete "$INSTDIR\crm-desktop-cli.exe"
  Delete "$INSTDIR\使用手册.pdf"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$SMPROGRAMS\${NAME}使用手册.lnk"
  DeleteRegKey HKCU "${KEY}"
SectionEnd
