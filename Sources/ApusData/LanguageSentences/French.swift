// Sentences in French, written for Apus.
extension LanguageSentences {
    // swift-format-ignore
    static let french = """
        Ce matin, j'ai raté le bus et j'ai dû marcher jusqu'au bureau sous une pluie battante.
        Ma grand-mère prépare chaque dimanche une tarte aux pommes que tout le monde adore.
        Il fera beau sur presque tout le pays, mais le vent soufflera assez fort près des côtes.
        Est-ce que tu peux acheter du pain et quelques œufs en rentrant du travail ?
        Les chercheurs ont montré que les abeilles savent reconnaître un visage humain.
        Les élèves ont planté des tomates et des haricots dans la cour de leur école.
        Nous avons passé nos vacances dans un petit village où il n'y avait qu'une seule boulangerie.
        Faites fondre le beurre à feu doux, puis ajoutez la farine sans cesser de remuer.
        Le maire a promis que la piscine serait rénovée avant la fin de l'année prochaine.
        Je ne comprends pas pourquoi elle est partie sans dire au revoir à personne.
        Le chat dort toute la journée sur le fauteuil et ne se lève que pour manger.
        Notre équipe a perdu le match à cause d'un but marqué dans les dernières secondes.
        Au Moyen Âge, les paysans devaient donner une partie de leur récolte au seigneur.
        Merci beaucoup pour ta lettre, elle m'a fait rire aux larmes et je l'ai relue deux fois.
        « Tu aurais pu me prévenir », dit-elle en posant son manteau mouillé sur la chaise.
        Quand j'étais petit, mon oncle m'emmenait pêcher la truite dans la rivière.
        Le train de nuit est parti avec une heure de retard parce qu'un arbre bloquait la voie.
        Elle travaille dans un hôpital et rentre souvent chez elle quand les autres se lèvent.
        N'oublie pas d'éteindre la lumière et de fermer la porte à clé avant de partir.
        La lune s'éloigne de la Terre un peu plus chaque année, mais personne ne s'en aperçoit.
        Mon frère veut devenir menuisier, car il préfère travailler avec ses mains.
        Le marché du samedi attire des gens de toute la région, surtout pendant l'été.
        Je voudrais réserver une table pour quatre personnes, si possible près de la fenêtre.
        Les hirondelles reviennent toujours faire leur nid sous le toit de la grange.
        Après la guerre, beaucoup de familles ont quitté la campagne pour chercher du travail en ville.
        Il a tellement neigé cette nuit que nous n'arrivons plus à ouvrir la porte du garage.
        Les enfants ont construit une cabane dans les bois avec des branches et de vieilles planches.
        Pourriez-vous m'indiquer le chemin de la gare, s'il vous plaît ? Je suis un peu perdu.
        Le gouvernement veut aider les agriculteurs dont les champs ont été inondés au printemps.
        Elle a couru si vite qu'elle a battu le record de son club sans même s'en rendre compte.
        Mon père lit le journal en buvant son café et n'aime pas qu'on le dérange.
        Coupez les légumes en petits dés et laissez-les mijoter pendant une vingtaine de minutes.
        Dans cette vallée, on fabrique du fromage depuis des siècles selon la même recette.
        Tu devrais te reposer un peu, tu as l'air fatigué depuis que tu as changé de poste.
        Le professeur nous a demandé d'écrire une histoire qui se passe au fond de la mer.
        Un renard est entré dans le poulailler et a emporté deux de nos meilleures poules.
        Ils se sont rencontrés dans une file d'attente et ne se sont plus jamais quittés.
        La pluie n'a pas découragé les coureurs, qui étaient plus nombreux que l'an dernier.
        Cette vieille maison appartenait à un médecin qui soignait gratuitement les pauvres.
        Je t'appellerai dès que je serai arrivée à l'hôtel, ne t'inquiète pas pour moi.
        Les prix de l'électricité ont encore augmenté, et beaucoup de ménages se chauffent moins.
        Ma fille a peur du noir, alors nous laissons toujours une petite lampe allumée.
        Le fleuve a débordé, et les habitants du quartier ont dû se réfugier à l'étage.
        Il faut arroser les plantes le soir, quand la terre n'est plus brûlante.
        Qu'est-ce que vous avez pensé du film ? Moi, je l'ai trouvé beaucoup trop long.
        Le boulanger se lève à trois heures, et son pain est déjà chaud quand le jour paraît.
        On entendait au loin les cloches de l'église et les chiens qui aboyaient dans la plaine.
        L'usine va fermer ses portes, et les ouvriers craignent de ne pas retrouver d'emploi.
        Cher monsieur, j'ai bien reçu votre colis et je vous remercie de votre patience.
        Les loups vivent en groupe et partagent la nourriture avec les plus jeunes de la meute.
        J'ai oublié mon parapluie chez le coiffeur, mais il était fermé quand je suis revenue.
        Le roi fit bâtir ce château pour impressionner ses cousins, qui ne vinrent jamais le voir.
        Chaque soir, mon grand-père nous racontait une légende pleine de fées et de brigands.
        Appuyez sur le bouton vert, attendez le signal, puis retirez votre carte sans forcer.
        Elle ne parle pas très bien anglais, mais elle se fait comprendre avec les mains.
        Les pompiers ont mis plusieurs heures à éteindre l'incendie qui menaçait la forêt.
        Si tu finis tes devoirs assez tôt, nous irons manger une glace au bord du lac.
        La vieille dame du troisième étage nourrit les pigeons malgré les plaintes des voisins.
        Le brouillard était si épais que l'on ne voyait même plus le bout de ses chaussures.
        Nous cherchons quelqu'un de sérieux pour garder notre chien pendant les fêtes de Noël.
        Il jouait du violon dans la rue, et les passants s'arrêtaient pour l'écouter.
        Les scientifiques pensent qu'il y avait autrefois de l'eau liquide sur cette planète.
        Mon voisin tond sa pelouse tous les dimanches, juste au moment où je fais la sieste.
        Rien ne vaut une bonne soupe à l'oignon quand il fait un froid de canard dehors.
        Le bébé a enfin fait ses premiers pas, mais personne n'a eu le temps de le filmer.
        Ces ruines datent de l'époque romaine et ont été découvertes par un berger.
        Pourquoi n'as-tu rien dit pendant la réunion ? Tout le monde attendait ton avis.
        La boutique vend des livres anciens, des cartes postales et toutes sortes de bibelots.
        Ils ont gagné le tournoi grâce à leur gardienne, qui a arrêté trois tirs de suite.
        Je me souviens encore de l'odeur de la craie et du bois ciré dans notre salle de classe.
        Quelques nuages passeront dans l'après-midi, mais le soleil restera le plus fort.
        Elle a trouvé dans le grenier une robe de mariée dont personne ne connaissait l'origine.
        La baleine peut rester plus d'une heure sous l'eau avant de remonter pour respirer.
        Mes parents se disputent toujours pour savoir qui a perdu la télécommande.
        Au petit déjeuner, il trempe ses tartines de confiture dans un grand bol de chocolat.
        Le juge a estimé que l'entreprise n'avait pas respecté les règles de sécurité.
        Nous étions assis autour du feu quand une chouette s'est mise à crier au-dessus de nous.
        Avant de peindre le mur, il vaut mieux le laver et reboucher soigneusement les trous.
        Mon collègue arrive toujours en avance, mais il passe une heure à la machine à café.
        Les cerisiers ont fleuri trop tôt, et le gel a détruit la plupart des fleurs.
        Ma sœur vient de déménager à Lyon, où elle a trouvé un appartement sous les toits.
        On dit que le facteur connaissait par cœur le nom de tous les chiens du canton.
        C'est dommage que vous ne puissiez pas venir, les enfants auraient été si contents.
        Le cycliste a crevé à deux kilomètres de l'arrivée et a terminé la course à pied.
        Elle voulait lui dire la vérité, mais les mots restaient coincés dans sa gorge.
        Les moutons descendent de la montagne en automne, suivis par deux énormes chiens blancs.
        Ce musée présente des jouets du siècle passé que les visiteurs ont le droit de toucher.
        Je n'avais jamais vu autant d'étoiles que cette nuit-là, au milieu du désert.
        Il reste un peu de gâteau dans le frigo, mais laisse-m'en une part, s'il te plaît.
        La directrice a annoncé que les cours seraient supprimés vendredi à cause de la grève.
        """
}
